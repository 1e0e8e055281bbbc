package cloud.gyroscops.schemas.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import cloud.gyroscops.schemas.Aggregate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every topic of the system, one row each. */
public final class TopicCatalogue {

    private static final String CREATE_TIME = "CreateTime";
    /** Clients' clocks drive neither stream time nor when something happened. */
    private static final String LOG_APPEND_TIME = "LogAppendTime";

    /** Neither compaction nor deletion touches the segment that is written to: it must end well within the lag. */
    private static final int SEGMENTS_IN_LAG = 7;
    /** A key that holds data is gone after a round that drops its value, and another one that drops its tombstone. */
    private static final int CHANGELOG_ROUNDS_IN_LAG = 3;

    private final TopicSettings settings;

    /** The catalogue of one installation. */
    public TopicCatalogue(TopicSettings settings) {
        this.settings = settings;
    }

    /** All topics. */
    public List<TopicShape> all() {
        var topics = new ArrayList<TopicShape>();
        for (var aggregate : Aggregate.values()) {
            topics.add(row(commands(aggregate), CLEANUP_POLICY_DELETE, LOG_APPEND_TIME));
            topics.add(row(events(aggregate), CLEANUP_POLICY_COMPACT, CREATE_TIME));
            topics.add(row(answers(aggregate), CLEANUP_POLICY_DELETE, CREATE_TIME));
        }
        topics.add(row(questions(Aggregate.ORGANIZATIONS), CLEANUP_POLICY_DELETE, CREATE_TIME));
        topics.add(row(questions(Aggregate.USERS), CLEANUP_POLICY_DELETE, CREATE_TIME));
        topics.add(row(claims(), CLEANUP_POLICY_DELETE, CREATE_TIME));
        topics.add(row(results(), CLEANUP_POLICY_COMPACT + "," + CLEANUP_POLICY_DELETE, CREATE_TIME));
        topics.add(row(deadLetters(), CLEANUP_POLICY_COMPACT + "," + CLEANUP_POLICY_DELETE, CREATE_TIME));
        topics.add(row(mirrorOutcomes(), CLEANUP_POLICY_COMPACT, CREATE_TIME));
        topics.add(row(mirrorControl(), CLEANUP_POLICY_DELETE, LOG_APPEND_TIME));
        topics.add(row(mirrorStatus(), CLEANUP_POLICY_COMPACT, CREATE_TIME));
        // One order for all who read it.
        topics.add(row(viewVersions(), 1, CLEANUP_POLICY_COMPACT, CREATE_TIME));
        return List.copyOf(topics);
    }

    /** Commands of an aggregate type, by aggregate id. */
    public String commands(Aggregate aggregate) {
        return settings.prefix() + aggregate.plural() + ".commands";
    }

    /** Events of an aggregate type, the event store: keys {@code aggregateId@version}, partitions by aggregate id. */
    public String events(Aggregate aggregate) {
        return settings.prefix() + aggregate.plural() + ".events";
    }

    /** Claims that are asked for, confirmed and released, by the claimed value. */
    public String claims() {
        return settings.prefix() + "claims";
    }

    /** Questions whether organizations or users are there, by the id of the one that is asked for. */
    public String questions(Aggregate aggregate) {
        return settings.prefix() + aggregate.plural() + ".questions";
    }

    /** What claims and questions were answered, by the id of the aggregate that had asked. */
    public String answers(Aggregate aggregate) {
        return settings.prefix() + aggregate.plural() + ".answers";
    }

    /** One result per command record, by command id. */
    public String results() {
        return settings.prefix() + "command.results";
    }

    /**
     * Records that are no valid commands, with headers that say what, where and why; keys {@code topic-partition@offset} of
     * where they came from.
     */
    public String deadLetters() {
        return settings.prefix() + "commands.dead-letter";
    }

    /** What became of every event in Keycloak and Stripe: keys {@code target/type/aggregateId@sequence}, partitions by aggregate id. */
    public String mirrorOutcomes() {
        return settings.prefix() + "mirror.outcomes";
    }

    /** What operators ask of the mirrors, by aggregate id. */
    public String mirrorControl() {
        return settings.prefix() + "mirror.control";
    }

    /** How the mirrors are: partitions, parked aggregates, runs; by the key that each of these has. */
    public String mirrorStatus() {
        return settings.prefix() + "mirror.status";
    }

    /** Which versions of the views there are, under one key; one partition, kept for ever. */
    public String viewVersions() {
        return settings.prefix() + "views.control";
    }

    /** What the names of all topics begin with; empty: nothing. */
    public String prefix() {
        return settings.prefix();
    }

    /** How many partitions every topic has, but the one of {@link #viewVersions()}. */
    public int partitions() {
        return settings.partitions();
    }

    /** What travels between the partitions of the command topology: nobody needs it once it was read. */
    public List<String> channels() {
        var channels = new ArrayList<String>();
        for (var aggregate : Aggregate.values()) {
            channels.add(answers(aggregate));
        }
        channels.add(questions(Aggregate.ORGANIZATIONS));
        channels.add(questions(Aggregate.USERS));
        channels.add(claims());
        return List.copyOf(channels);
    }

    /**
     * Settings of the topics from which stores are restored, beyond what Kafka Streams sets. What was deleted, keys too, is
     * gone within the compaction lag. That counts from when it was written: records have the brokers' times, and not those
     * at which something had happened. Stores that restore the times of their values need other settings.
     */
    public Map<String, String> changelog() {
        var lag = settings.compactionLag();
        return Map.of(
                MESSAGE_TIMESTAMP_TYPE_CONFIG,
                LOG_APPEND_TIME,
                MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.minInSyncReplicas()),
                SEGMENT_MS_CONFIG,
                part(lag, SEGMENTS_IN_LAG),
                DELETE_RETENTION_MS_CONFIG,
                part(lag, SEGMENTS_IN_LAG),
                MAX_COMPACTION_LAG_MS_CONFIG,
                part(lag, CHANGELOG_ROUNDS_IN_LAG));
    }

    /**
     * Settings of the topics between the parts of an application, beyond what Kafka Streams sets, which deletes what was
     * read: bytes go with their segment, and that ends by the time at which it was written.
     */
    public Map<String, String> repartition() {
        return Map.of(
                MESSAGE_TIMESTAMP_TYPE_CONFIG,
                LOG_APPEND_TIME,
                MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.minInSyncReplicas()),
                SEGMENT_MS_CONFIG,
                part(settings.compactionLag(), SEGMENTS_IN_LAG));
    }

    private static String part(Duration lag, int parts) {
        return Long.toString(Math.max(1, lag.toMillis() / parts));
    }

    private TopicShape row(String name, String cleanup, String timestamps) {
        return row(name, settings.partitions(), cleanup, timestamps);
    }

    private TopicShape row(String name, int partitions, String cleanup, String timestamps) {
        var configs = new HashMap<>(Map.of(
                CLEANUP_POLICY_CONFIG,
                cleanup,
                MESSAGE_TIMESTAMP_TYPE_CONFIG,
                timestamps,
                MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.minInSyncReplicas()),
                SEGMENT_MS_CONFIG,
                part(settings.compactionLag(), SEGMENTS_IN_LAG)));
        if (cleanup.contains(CLEANUP_POLICY_COMPACT)) {
            // What was erased is gone within that time, also where little is written.
            configs.put(
                    MAX_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(settings.compactionLag().toMillis()));
        }
        if (cleanup.contains(CLEANUP_POLICY_DELETE)) {
            configs.put(RETENTION_MS_CONFIG, Long.toString(settings.retention().toMillis()));
        }
        if (cleanup.contains(CLEANUP_POLICY_COMPACT) && cleanup.contains(CLEANUP_POLICY_DELETE)) {
            // Who keeps copies learns from tombstones what was erased, also after days away.
            configs.put(
                    DELETE_RETENTION_MS_CONFIG,
                    Long.toString(settings.retention().toMillis()));
        }
        return new TopicShape(name, partitions, (short) settings.replicationFactor(), Map.copyOf(configs));
    }
}
