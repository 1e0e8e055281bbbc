package cloud.gyroscops.topology.streams;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How an application of Kafka Streams runs.
 *
 * @param kafka where the cluster is
 * @param applicationId its name in the cluster: consumer group, changelogs, transactions
 * @param stateDirectory where its stores are kept
 * @param threads 1 to 64
 * @param commitIntervalMs how often a transaction is committed, and so how soon results can be read; 1 to 60000
 * @param replicationFactor of changelogs, 1 to 9
 * @param standbyReplicas of stores, 0 to 8
 * @param sessionTimeoutMs after how long a silent instance is taken for dead, and its partitions go to others; 1000 to
 *     300000, and no less than the brokers' {@code group.min.session.timeout.ms}, which is 6000 unless told otherwise
 * @param instanceId a name that stays the same over restarts of this instance, for static membership; empty: none
 */
public record StreamsSettings(
        KafkaSettings kafka,
        String applicationId,
        Path stateDirectory,
        int threads,
        int commitIntervalMs,
        int replicationFactor,
        int standbyReplicas,
        int sessionTimeoutMs,
        String instanceId) {

    /** What brokers allow unless told otherwise. */
    public static final int DEFAULT_SESSION_TIMEOUT_MS = 6_000;

    private static final int MIN_SESSION_TIMEOUT_MS = 1_000;
    private static final int MAX_SESSION_TIMEOUT_MS = 300_000;

    /**
     * A broker answers one request of a connection at a time: whatever a consumer asks next, like where a partition
     * begins or what a newly assigned one holds, waits until the broker is done waiting for records.
     */
    private static final int FETCH_WAIT_MS = 100;

    /** The global store is filled partition by partition at every start, each with such a wait. */
    private static final int GLOBAL_FETCH_WAIT_MS = 20;

    private static final int HEARTBEAT_AT_LEAST_EVERY_MS = 1_000;

    /** A machine that is gone does not even refuse. */
    private static final int CONNECTION_SETUP_TIMEOUT_MS = 2_000;

    /** How soon an instance that is back gets a share again, once it has caught up; Kafka Streams allows no less. */
    private static final long PROBING_REBALANCE_INTERVAL_MS = 60_000;

    /** What a topic's name may hold: changelogs are named after the application. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,150}");

    /** Checks the values. */
    public StreamsSettings {
        check(
                NAME.matcher(applicationId).matches(),
                "application id is \"" + applicationId + "\"; it must be 1 to 150 of a-z A-Z 0-9 . _ -");
        check(threads >= 1 && threads <= 64, "threads is " + threads + "; it must be 1 to 64");
        check(
                commitIntervalMs >= 1 && commitIntervalMs <= 60_000,
                "commit interval is " + commitIntervalMs + " ms; it must be 1 to 60000");
        check(
                replicationFactor >= 1 && replicationFactor <= 9,
                "replication factor is " + replicationFactor + "; it must be 1 to 9");
        check(
                standbyReplicas >= 0 && standbyReplicas <= 8,
                "standby replicas is " + standbyReplicas + "; it must be 0 to 8");
        check(
                sessionTimeoutMs >= MIN_SESSION_TIMEOUT_MS && sessionTimeoutMs <= MAX_SESSION_TIMEOUT_MS,
                "session timeout is " + sessionTimeoutMs + " ms; it must be " + MIN_SESSION_TIMEOUT_MS + " to "
                        + MAX_SESSION_TIMEOUT_MS);
        check(
                instanceId.isEmpty() || NAME.matcher(instanceId).matches(),
                "instance id is \"" + instanceId + "\"; it must be up to 150 of a-z A-Z 0-9 . _ -");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** From the environment; names of variables begin with GYROSCOPS_. */
    public static StreamsSettings from(Environment environment, KafkaSettings kafka, String application) {
        return new StreamsSettings(
                kafka,
                environment.text("GYROSCOPS_TOPIC_PREFIX", "") + application,
                Path.of(environment.text("GYROSCOPS_STATE_DIR", "data/state")),
                environment.integer("GYROSCOPS_THREADS", 2, 1, 64),
                environment.integer("GYROSCOPS_COMMIT_INTERVAL_MS", 20, 1, 60_000),
                environment.integer("GYROSCOPS_REPLICATION_FACTOR", 1, 1, 9),
                environment.integer("GYROSCOPS_STANDBYS", 0, 0, 8),
                environment.integer(
                        "GYROSCOPS_SESSION_TIMEOUT_MS",
                        DEFAULT_SESSION_TIMEOUT_MS,
                        MIN_SESSION_TIMEOUT_MS,
                        MAX_SESSION_TIMEOUT_MS),
                environment.text("GYROSCOPS_INSTANCE_ID", ""));
    }

    /** The same for an application of another name. */
    public StreamsSettings of(String application) {
        return new StreamsSettings(
                kafka,
                application,
                stateDirectory,
                threads,
                commitIntervalMs,
                replicationFactor,
                standbyReplicas,
                sessionTimeoutMs,
                instanceId);
    }

    /** The settings as Kafka Streams takes them. */
    public Properties properties() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalMs);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.class);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), sessionTimeoutMs);
        // Members also learn by heartbeats that they should join again.
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.min(sessionTimeoutMs / 4, HEARTBEAT_AT_LEAST_EVERY_MS));
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MS);
        settings.put(StreamsConfig.globalConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), GLOBAL_FETCH_WAIT_MS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTION_SETUP_TIMEOUT_MS);
        settings.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 4 * CONNECTION_SETUP_TIMEOUT_MS);
        settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_REBALANCE_INTERVAL_MS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Longer than a wait for the registry: see RegistryOutage.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                RegistryOutage.LONGEST_WAIT.plusSeconds(30).toMillis());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        if (!instanceId.isEmpty()) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        return kafka.with(settings);
    }
}
