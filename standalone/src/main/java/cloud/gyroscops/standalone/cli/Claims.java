package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.standalone.claims.ClaimLookup;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gyroscops claims}: who holds what. */
@Command(
        name = "claims",
        description = {
            "Tells who holds an email, a username or an organization's name, since when, and who waits for it:"
                    + " one JSON object for each kind of claim.",
            "PROVISIONAL: granted to a command whose events are not out yet.",
            Cluster.ENVIRONMENT
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Claims implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--value",
            required = true,
            paramLabel = "VALUE",
            description = "What is claimed, in any case of letters, for example ada@acme.test.")
    private String value;

    @Mixin
    private Cluster cluster;

    @Override
    public Integer call() {
        try {
            var found = cluster.use(installation -> new ClaimLookup(installation).find(value));
            var out = spec.commandLine().getOut();
            found.forEach((kind, claim) -> out.println(json(kind, claim)));
            if (found.isEmpty()) {
                spec.commandLine().getErr().println("nobody holds " + Fields.quote(value));
            }
            out.flush();
            return 0;
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage() + "; is --topic-prefix right?");
        }
    }

    private static ObjectNode json(ClaimKind kind, StoredClaim claim) {
        var json = JSON.createObjectNode()
                .put("kind", kind.name())
                .put("holder", ClaimLookup.holder(claim.getHolder()))
                .put("status", claim.getStatus().name())
                .put("since", claim.getSince().toString())
                .put("commandId", claim.getHolder().getCommandId());
        var waiting = json.putArray("waiting");
        ClaimLookup.waiting(claim).forEach(waiting::add);
        return json;
    }
}
