package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.rebuild.Log;
import cloud.gyroscops.topology.streams.Installation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops state}: what the command topology remembers. */
@Command(
        name = "state",
        description = "Makes again what the command topology remembers.",
        mixinStandardHelpOptions = true)
final class StateCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: gyroscops state rebuild");
    }

    @Command(
            name = "rebuild",
            description = {
                "Makes states, claims and the memory of handled commands again, from events, results and commands.",
                "For when changelogs are lost, or a release stores something else. The command topology must be stopped."
                        + " Commands without a result are handled once it runs again. One that is killed can be run"
                        + " again; until it has come to its end, the topology does not start.",
                Cluster.ENVIRONMENT
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int rebuild(@Mixin Standstill standstill) {
        return standstill.use(false, environment -> {
            var installation = Installation.from(environment);
            var events = installation.topics().events(Aggregate.USERS);
            int partitions =
                    new Log(installation.kafka()).partitions(List.of(events)).size();
            Standstill.rebuild(
                    Standstill.withPartitions(environment, partitions),
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
            return 0;
        });
    }
}
