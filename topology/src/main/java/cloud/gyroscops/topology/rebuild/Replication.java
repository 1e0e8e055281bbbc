package cloud.gyroscops.topology.rebuild;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How often a topic is kept. Who makes topics beside others that are there makes them alike: the shell's environment may
 * be another one than that of the installation.
 *
 * @param factor how many replicas there are, 1 or more
 * @param minInSync how many of them must have a record before it counts, 1 to all
 */
public record Replication(int factor, int minInSync) {

    /** That of a topic; empty if it is not there. */
    public static Optional<Replication> of(Admin admin, String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            var description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            var configs = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            int factor = description.partitions().get(0).replicas().size();
            return Optional.of(new Replication(
                    factor,
                    // Brokers take more than there can be for all.
                    Math.min(
                            factor,
                            Integer.parseInt(configs.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                                    .value()))));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("topic " + topic + " could not be described: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while topics were described", e);
        }
    }
}
