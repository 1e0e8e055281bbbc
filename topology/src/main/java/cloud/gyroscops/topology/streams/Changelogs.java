package cloud.gyroscops.topology.streams;

import cloud.gyroscops.schemas.topic.TopicProvisioner;
import cloud.gyroscops.schemas.topic.TopicShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topics from which an application restores its stores, as Kafka Streams would make them.
 *
 * @param applicationId what their names begin with
 * @param stores the names of the stores
 * @param partitions as many as the topics have that the stores' processors read
 * @param replicationFactor 1 to 9
 * @param configs beyond what Kafka Streams sets
 */
public record Changelogs(
        String applicationId, Set<String> stores, int partitions, int replicationFactor, Map<String, String> configs) {

    private static final long PAUSE_NANOS = 20_000_000;

    /** Those of a topology whose stores all have one; global stores have none. */
    public static Changelogs of(
            Topology topology,
            String applicationId,
            int partitions,
            int replicationFactor,
            Map<String, String> configs) {
        var stores = new TreeSet<String>();
        var description = topology.describe();
        for (var part : description.subtopologies()) {
            for (var node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    stores.addAll(processor.stores());
                }
            }
        }
        description
                .globalStores()
                .forEach(global -> stores.removeAll(global.processor().stores()));
        return new Changelogs(applicationId, stores, partitions, replicationFactor, configs);
    }

    /** The topic of a store. */
    public String topic(String store) {
        return topic(applicationId, store);
    }

    /** The topic of a store of an application, as Kafka Streams calls it. */
    public static String topic(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    /** All topics. */
    public List<String> topics() {
        return stores.stream().map(this::topic).toList();
    }

    /** Creates those that are missing. Whose times they hold may change: who restores from them does not look at it. */
    public void create(Admin admin) {
        new TopicProvisioner(admin).provision(shapes(), Set.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
    }

    /**
     * How they are made. Kafka Streams would have them hold the times of what had happened, for stores that keep times
     * beside their values; unless {@code configs} say otherwise. None of the command application's stores does.
     */
    List<TopicShape> shapes() {
        return topics().stream().map(this::shape).toList();
    }

    /** Deletes all; what is not there need not be deleted. */
    public void delete(Admin admin) {
        delete(admin, topics());
    }

    /** Deletes topics, and returns when they are gone. */
    static void delete(Admin admin, List<String> topics) {
        admin.deleteTopics(topics).topicNameValues().forEach((topic, deletion) -> {
            try {
                deletion.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException("topic " + topic + " could not be deleted: " + e.getCause(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        // A broker may still name them for a moment, and they must not be taken for new ones.
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (var left = ids(admin, topics); !left.isEmpty(); left = ids(admin, topics)) {
            if (System.nanoTime() > until) {
                throw new KafkaException("deleted topics do not go: " + left.keySet());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The ids of some topics; those that are not there have none. */
    public static Map<String, Uuid> ids(Admin admin, List<String> topics) {
        var ids = new TreeMap<String, Uuid>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                ids.put(topic, description.get().topicId());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException("topic " + topic + " could not be described: " + e.getCause(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return ids;
    }

    private TopicShape shape(String topic) {
        var settings = new HashMap<>(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"));
        settings.putAll(configs);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return new TopicShape(topic, partitions, (short) replicationFactor, Map.copyOf(settings));
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while changelogs were looked at", e);
    }
}
