package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Whether commands are really handled: results have come in lately, or else a command is sent through. It renames an
 * organization that nobody can have, under an id that stays the same: refused once, then recognized, it leaves nothing
 * behind.
 */
public final class HandlingProbe {

    private static final String ID = "health:probe";
    private static final Duration LATELY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CommandGateway gateway;

    public HandlingProbe(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /** One at a time: who comes meanwhile finds that a result has come in. */
    public synchronized boolean handled() {
        long heard = gateway.lastHeard();
        if (heard != 0 && System.nanoTime() - heard < LATELY.toNanos()) {
            return true;
        }
        try {
            var header = new CommandHeader(ID, ID, null, "health", Origin.SYSTEM, null, Map.of());
            var probe = new CommandMessage(header, new RenameOrganization("probe"));
            gateway.send(new CommandRequest(Aggregate.ORGANIZATIONS, probe))
                    .result()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            return true;
        } catch (ExecutionException | Problem e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
