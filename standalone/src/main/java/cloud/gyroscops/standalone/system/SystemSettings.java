package cloud.gyroscops.standalone.system;

import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How everything runs in one JVM.
 *
 * @param dataDirectory where Kafka's data and the stores are kept
 * @param kafkaPort of the embedded broker; 0: any that is free
 * @param cluster an existing cluster instead of the embedded broker; null: none
 * @param registryPort of the embedded registry; 0: any that is free
 * @param registry an existing registry instead of the embedded one; null: none
 * @param api how HTTP is served
 * @param topics the topics' shape
 * @param commands how commands are handled
 * @param threads for each of the two topologies
 * @param commitIntervalMs how often each topology commits
 * @param peers how other instances on the same cluster reach this one
 * @param mirrors what is mirrored to; empty: there is no sidecar
 */
public record SystemSettings(
        Path dataDirectory,
        int kafkaPort,
        KafkaSettings cluster,
        int registryPort,
        RegistrySettings registry,
        ApiSettings api,
        TopicSettings topics,
        CommandSettings commands,
        int threads,
        int commitIntervalMs,
        PeerSettings peers,
        Optional<MirrorSettings> mirrors) {

    /** Without a sidecar, where other instances, if any, are on this machine. */
    public SystemSettings(
            Path dataDirectory,
            int kafkaPort,
            KafkaSettings cluster,
            int registryPort,
            RegistrySettings registry,
            ApiSettings api,
            TopicSettings topics,
            CommandSettings commands,
            int threads,
            int commitIntervalMs) {
        this(
                dataDirectory,
                kafkaPort,
                cluster,
                registryPort,
                registry,
                api,
                topics,
                commands,
                threads,
                commitIntervalMs,
                PeerSettings.LOOPBACK,
                Optional.empty());
    }

    /** The same with a sidecar. */
    public SystemSettings mirroring(MirrorSettings to) {
        return new SystemSettings(
                dataDirectory,
                kafkaPort,
                cluster,
                registryPort,
                registry,
                api,
                topics,
                commands,
                threads,
                commitIntervalMs,
                peers,
                Optional.of(to));
    }

    /** On any free ports, with this many partitions and what else is usual. */
    public static SystemSettings anywhere(Path dataDirectory, int partitions) {
        return new SystemSettings(
                dataDirectory,
                0,
                null,
                0,
                null,
                new ApiSettings("127.0.0.1", 0),
                TopicSettings.single(partitions),
                CommandSettings.DEFAULT,
                1,
                20);
    }
}
