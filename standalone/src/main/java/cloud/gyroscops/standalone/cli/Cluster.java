package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.topology.streams.Installation;
import java.util.HashMap;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Which installation a command is about: options for where its Kafka and its registry are, and what its topics are called. */
final class Cluster {

    /** For the help of commands that have these options. */
    static final String ENVIRONMENT =
            "KAFKA_*, SCHEMA_REGISTRY_* and GYROSCOPS_TOPIC_PREFIX in the environment count, where no option is given.";

    private static final String DEFAULT_BROKER = "127.0.0.1:9092";
    private static final String DEFAULT_REGISTRY = "http://127.0.0.1:8081";

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

    /**
     * Does something with the installation.
     *
     * @throws Failure that says what would be right, if cluster or registry do not answer
     */
    <T> T use(Function<Installation, T> work) {
        var environment = environment();
        var kafka = KafkaSettings.from(environment);
        try {
            return work.apply(installation(kafka, environment));
        } catch (SchemaRegistryException e) {
            throw new Failure(e.getMessage() + "; name a schema registry with --schema-registry");
        } catch (KafkaException e) {
            throw KafkaTrouble.told(e, kafka.bootstrapServers());
        }
    }

    /** Whether an option says where Kafka is. */
    boolean named() {
        return bootstrapServers != null;
    }

    /** What the process was started with, with the options in their places. */
    Environment environment() {
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

    /** Nothing is asked yet. */
    private static Installation installation(KafkaSettings kafka, Environment environment) {
        try {
            var topics = new TopicCatalogue(TopicSettings.from(environment));
            var registry = new ConfluentSchemaRegistry(RegistrySettings.from(environment));
            return new Installation(kafka, topics, new Wire(topics, registry), registry);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }
}
