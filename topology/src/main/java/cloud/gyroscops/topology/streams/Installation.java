package cloud.gyroscops.topology.streams;

import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicProvisioner;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every process of one installation shares: the cluster, the topics and the contracts.
 *
 * @param kafka where the cluster is
 * @param topics their names and shapes
 * @param wire messages in the registry's schemas
 */
public record Installation(KafkaSettings kafka, TopicCatalogue topics, Wire wire, ConfluentSchemaRegistry registry) {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** Unions of envelopes grow; readers are deployed before writers. */
    private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    /**
     * Reaches for an installation; nothing is asked yet.
     *
     * @param stateDirectory where the schemas that this process has seen are kept, so that it can start and read while no
     *     registry answers
     */
    public static Installation at(
            KafkaSettings kafka, TopicSettings topicSettings, RegistrySettings registrySettings, Path stateDirectory) {
        var topics = new TopicCatalogue(topicSettings);
        var registry = new ConfluentSchemaRegistry(registrySettings, stateDirectory.resolve("schemas.json"));
        return new Installation(kafka, topics, new Wire(topics, registry), registry);
    }

    /** The installation that the environment names. */
    public static Installation from(Environment environment) {
        return at(
                KafkaSettings.from(environment),
                TopicSettings.from(environment),
                RegistrySettings.from(environment),
                Path.of(environment.text("GYROSCOPS_STATE_DIR", "data/state")));
    }

    /** Creates and compares the topics, registers the schemas, and learns all that others have registered. */
    public void prepare() {
        try (var admin = Admin.create(kafka.with(Map.of()))) {
            new TopicProvisioner(admin).provision(topics.all());
        }
        wire.register();
        registry.preload(wire.subjects());
        try {
            wire.subjects().forEach(subject -> registry.setCompatibility(subject, COMPATIBILITY));
        } catch (RegistryUnavailableException e) {
            LOG.warn("The subjects' compatibility could not be set: {}", e.getMessage());
        }
    }
}
