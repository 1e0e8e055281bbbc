package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;

/**
 * Whether commands are really handled: one is sent to every partition of every aggregate type. They expect a version that
 * no aggregate can have, under ids that stay the same: refused once, then recognized, they change nothing.
 */
public final class HandlingProbe {

    private static final String ID = "health:probe-";
    private static final Duration HOLDS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Map<Aggregate, SpecificRecord> PAYLOADS = Map.of(
            Aggregate.ORGANIZATIONS, new ReactivateOrganization(),
            Aggregate.USERS, new EnableUser(),
            Aggregate.PAYMENTS, new CapturePayment());

    private final CommandGateway gateway;
    private final List<String> ids;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean handled;
    private volatile long askedAt;

    /** Probes this many partitions. */
    public HandlingProbe(CommandGateway gateway, int partitions) {
        this.gateway = gateway;
        this.ids = idsOfAll(partitions);
    }

    /**
     * Asked again within 5 s, or while somebody else is asking, it says what was found before. A producer that does not reach
     * the cluster keeps its thread for long: whoever asks does not wait for that.
     */
    public boolean handled() {
        boolean fresh = handled && System.nanoTime() - askedAt < HOLDS.toNanos();
        if (fresh || !probing.compareAndSet(false, true)) {
            return handled;
        }
        var found = new FutureTask<Void>(this::find, null);
        var thread = new Thread(found, "handling-probe");
        thread.setDaemon(true);
        thread.start();
        try {
            found.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            handled = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return handled;
    }

    private void find() {
        try {
            handled = probe();
            askedAt = System.nanoTime();
        } finally {
            probing.set(false);
        }
    }

    private boolean probe() {
        try {
            var answers = new ArrayList<CompletableFuture<?>>();
            for (var payload : PAYLOADS.entrySet()) {
                for (var id : ids) {
                    var answer = send(payload.getKey(), id, payload.getValue());
                    if (answer.isCompletedExceptionally()) {
                        return false;
                    }
                    answers.add(answer);
                }
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | Problem e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<?> send(Aggregate aggregate, String id, SpecificRecord payload) {
        var header = new CommandHeader(id, id, Long.MAX_VALUE, "health", Origin.SYSTEM, null, Map.of());
        return gateway.send(new CommandRequest(aggregate, new CommandMessage(header, payload)))
                .result()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One id in each partition. */
    private static List<String> idsOfAll(int partitions) {
        var found = new HashMap<Integer, String>();
        for (int number = 0; found.size() < partitions; number++) {
            found.putIfAbsent(EventPartitioner.partition(ID + number, partitions), ID + number);
        }
        return List.copyOf(found.values());
    }
}
