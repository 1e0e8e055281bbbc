package cloud.gyroscops.schemas.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import cloud.gyroscops.schemas.Aggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every topic of the system, one row each. */
public final class TopicCatalogue {

    private static final String CREATE_TIME = "CreateTime";
    /** Clients' clocks drive neither stream time nor when something happened. */
    private static final String LOG_APPEND_TIME = "LogAppendTime";

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

    /** What became of every event in Keycloak and Stripe. */
    public String mirrorOutcomes() {
        return settings.prefix() + "mirror.outcomes";
    }

    /** What the names of all topics begin with; empty: nothing. */
    public String prefix() {
        return settings.prefix();
    }

    /** How many partitions every topic has. */
    public int partitions() {
        return settings.partitions();
    }

    /** Settings of the topics from which stores are restored, beyond what Kafka Streams sets. */
    public Map<String, String> changelog() {
        return Map.of(
                MAX_COMPACTION_LAG_MS_CONFIG,
                Long.toString(settings.compactionLag().toMillis()));
    }

    private TopicShape row(String name, String cleanup, String timestamps) {
        var configs = new HashMap<>(Map.of(
                CLEANUP_POLICY_CONFIG,
                cleanup,
                MESSAGE_TIMESTAMP_TYPE_CONFIG,
                timestamps,
                MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.minInSyncReplicas())));
        if (cleanup.contains(CLEANUP_POLICY_COMPACT)) {
            // What was erased is gone within that time, also where little is written.
            configs.put(
                    MAX_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(settings.compactionLag().toMillis()));
        }
        if (cleanup.contains(CLEANUP_POLICY_DELETE)) {
            configs.put(RETENTION_MS_CONFIG, Long.toString(settings.retention().toMillis()));
        }
        return new TopicShape(name, settings.partitions(), (short) settings.replicationFactor(), Map.copyOf(configs));
    }
}
