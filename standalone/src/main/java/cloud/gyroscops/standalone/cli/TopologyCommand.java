package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.registry.SchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.CommandTopology;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops topology}: what can be said of the topologies without running them. */
@Command(
        name = "topology",
        description = "Shows the Kafka Streams topologies; nothing needs to run.",
        mixinStandardHelpOptions = true)
final class TopologyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Which of them. */
    enum Which {
        command,
        view
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: gyroscops topology describe [command|view]");
    }

    @Command(
            name = "describe",
            description = "Prints sources, processors, stores and sinks, as Kafka Streams tells them.",
            mixinStandardHelpOptions = true)
    void describe(
            @Parameters(arity = "0..1", paramLabel = "command|view", description = "Only this one (default: both).")
                    Which which,
            @Option(
                            names = "--topic-prefix",
                            paramLabel = "PREFIX",
                            defaultValue = "",
                            description = "Put before every topic's name.")
                    String prefix) {
        var topics = topics(prefix);
        var wire = new Wire(topics, new NotAsked());
        var outage = new RegistryOutage();
        if (which != Which.view) {
            print(
                    "The command topology",
                    new CommandTopology(
                                    topics, wire, outage, CommandSettings.DEFAULT, new SimpleMeterRegistry(), List.of())
                            .build());
        }
        if (which != Which.command) {
            print("The view topology", new ViewTopology(topics, wire, outage).build());
        }
    }

    private static TopicCatalogue topics(String prefix) {
        var usual = TopicSettings.single(1);
        try {
            return new TopicCatalogue(new TopicSettings(
                    prefix,
                    usual.partitions(),
                    usual.replicationFactor(),
                    usual.minInSyncReplicas(),
                    usual.retention(),
                    usual.compactionLag()));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private void print(String title, Topology topology) {
        var out = spec.commandLine().getOut();
        out.println(title);
        out.println(topology.describe());
        out.flush();
    }

    /** A topology is built without a schema. */
    private static final class NotAsked implements SchemaRegistry {

        @Override
        public int register(String subject, Schema schema) {
            throw new IllegalStateException("nothing is registered to describe a topology");
        }

        @Override
        public Schema byId(int id) {
            throw new IllegalStateException("nothing is read to describe a topology");
        }
    }
}
