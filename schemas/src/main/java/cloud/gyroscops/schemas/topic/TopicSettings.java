package cloud.gyroscops.schemas.topic;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What may differ between installations in the topics' shape.
 *
 * @param prefix put before every topic's name, for clusters that are shared; empty or up to 100 of {@code [a-zA-Z0-9._-]}
 * @param partitions of every topic; fixed once topics exist
 * @param replicationFactor 1 to 9
 * @param minInSyncReplicas 1 to the replication factor
 * @param retention how long commands, results and dead letters are kept; events are kept for ever
 * @param compactionLag how long at most what was erased stays in compacted topics; more than 0
 */
public record TopicSettings(
        String prefix,
        int partitions,
        int replicationFactor,
        int minInSyncReplicas,
        Duration retention,
        Duration compactionLag) {

    private static final Duration DEFAULT_COMPACTION_LAG = Duration.ofDays(7);
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    /** Checks the values. */
    public TopicSettings {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix \"" + prefix + "\" is not allowed; up to 100 of a-z A-Z 0-9 . _ - are");
        }
        if (partitions < 1 || partitions > 1000) {
            throw new IllegalArgumentException("partitions is " + partitions + "; it must be 1 to 1000");
        }
        if (replicationFactor < 1 || replicationFactor > 9) {
            throw new IllegalArgumentException("replication factor is " + replicationFactor + "; it must be 1 to 9");
        }
        if (minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("min in-sync replicas is " + minInSyncReplicas
                    + "; it must be 1 to the replication factor, " + replicationFactor);
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("retention is " + retention + "; it must be more than 0");
        }
        if (compactionLag.isNegative() || compactionLag.isZero()) {
            throw new IllegalArgumentException("compaction lag is " + compactionLag + "; it must be more than 0");
        }
    }

    /** For one broker: this many partitions, one replica, 30 days, 7 days. */
    public static TopicSettings single(int partitions) {
        return new TopicSettings("", partitions, 1, 1, Duration.ofDays(30), DEFAULT_COMPACTION_LAG);
    }

    /** From {@code GYROSCOPS_TOPIC_PREFIX, _PARTITIONS, _REPLICATION_FACTOR, _MIN_INSYNC_REPLICAS, _RETENTION, _COMPACTION_LAG}. */
    public static TopicSettings from(Environment environment) {
        int replicas = environment.integer("GYROSCOPS_REPLICATION_FACTOR", 1, 1, 9);
        return new TopicSettings(
                environment.text("GYROSCOPS_TOPIC_PREFIX", ""),
                environment.integer("GYROSCOPS_PARTITIONS", 6, 1, 1000),
                replicas,
                environment.integer("GYROSCOPS_MIN_INSYNC_REPLICAS", Math.max(1, replicas - 1), 1, replicas),
                environment.duration("GYROSCOPS_RETENTION", Duration.ofDays(30)),
                environment.duration("GYROSCOPS_COMPACTION_LAG", DEFAULT_COMPACTION_LAG));
    }
}
