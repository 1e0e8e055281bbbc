package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.eventlog.EventLog;
import cloud.gyroscops.standalone.eventlog.Selection;
import cloud.gyroscops.standalone.eventlog.Selection.Reading;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gyroscops events}: what has happened, from Kafka itself. */
@Command(
        name = "events",
        description = {
            "Prints committed events, one JSON object a line, read from the event topics themselves.",
            "Without --from-beginning, --follow or --id: the last " + EventLog.LATEST + " by time, of all partitions."
                    + " With --id: all of that aggregate.",
            "The order holds within a partition, so for every aggregate; partitions come side by side.",
            "KAFKA_*, SCHEMA_REGISTRY_* and GYROSCOPS_TOPIC_PREFIX in the environment count, where no option is given."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Events implements Callable<Integer> {

    private static final String DEFAULT_BROKER = "127.0.0.1:9092";
    private static final String DEFAULT_REGISTRY = "http://127.0.0.1:8081";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--aggregate",
            paramLabel = "TYPE",
            description = "Only of organizations, users or payments (default: of all).")
    private Aggregate aggregate;

    @Option(names = "--id", paramLabel = "ID", description = "Only of one aggregate, from its first event on.")
    private String id;

    @Option(names = "--from-beginning", description = "All that there are, from the first.")
    private boolean fromBeginning;

    @Option(names = "--follow", description = "Then those to come, until Ctrl-C; alone: only those to come.")
    private boolean follow;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka cluster (default: " + DEFAULT_BROKER + ").")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "The schema registry (default: " + DEFAULT_REGISTRY + ").")
    private String registryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What the topics' names begin with (default: nothing).")
    private String prefix;

    @Override
    public Integer call() {
        var environment = environment();
        var kafka = KafkaSettings.from(environment);
        try (var log = open(kafka, environment)) {
            var done = new CountDownLatch(1);
            var interrupt = new Thread(() -> interrupt(log, done), "stop");
            Runtime.getRuntime().addShutdownHook(interrupt);
            try {
                read(log);
            } finally {
                done.countDown();
                forget(interrupt);
            }
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage() + " at " + kafka.bootstrapServers() + "; is --topic-prefix right?");
        } catch (SchemaRegistryException e) {
            throw new Failure(e.getMessage() + "; name a schema registry with --schema-registry");
        } catch (KafkaException e) {
            throw new Failure("no Kafka answers at " + kafka.bootstrapServers() + " (" + e.getMessage()
                    + "); start one with: gyroscops up, or name another with --bootstrap-servers");
        }
        return 0;
    }

    private void read(EventLog log) {
        var out = spec.commandLine().getOut();
        log.read(selection(), event -> {
            out.println(event);
            // Nobody reads any more, as behind "| head".
            return !out.checkError();
        });
        out.flush();
    }

    private Selection selection() {
        boolean all = fromBeginning || id != null;
        var reading = follow ? all ? Reading.ALL_AND_COMING : Reading.COMING : all ? Reading.ALL : Reading.LATEST;
        return new Selection(
                aggregate == null ? EnumSet.allOf(Aggregate.class) : EnumSet.of(aggregate),
                Optional.ofNullable(id),
                reading);
    }

    /** What the process was started with, with the options in their places. */
    private Environment environment() {
        var variables = new HashMap<>(System.getenv());
        variables.putIfAbsent("KAFKA_BOOTSTRAP_SERVERS", DEFAULT_BROKER);
        variables.putIfAbsent("SCHEMA_REGISTRY_URL", DEFAULT_REGISTRY);
        put(variables, "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        put(variables, "SCHEMA_REGISTRY_URL", registryUrl);
        put(variables, "GYROSCOPS_TOPIC_PREFIX", prefix);
        return new Environment(variables);
    }

    private static void put(HashMap<String, String> variables, String name, String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    private static EventLog open(KafkaSettings kafka, Environment environment) {
        try {
            var topics = new TopicCatalogue(TopicSettings.from(environment));
            var registry = new ConfluentSchemaRegistry(RegistrySettings.from(environment));
            return EventLog.open(kafka, topics, new Wire(topics, registry));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private static void interrupt(EventLog log, CountDownLatch done) {
        log.stop();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread interrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupt);
        } catch (IllegalStateException interrupted) {
            // It is what ended the reading.
        }
    }
}
