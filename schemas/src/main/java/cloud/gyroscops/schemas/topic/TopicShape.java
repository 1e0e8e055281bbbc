package cloud.gyroscops.schemas.topic;

import java.util.Map;

/**
 * What a topic must look like in the cluster.
 *
 * @param name with the prefix
 * @param partitions fixed at creation
 * @param replicationFactor at creation
 * @param configs Kafka's topic settings, {@code cleanup.policy} among them
 */
public record TopicShape(String name, int partitions, short replicationFactor, Map<String, String> configs) {}
