package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What belongs to which side of the views of an application.
 *
 * @param application its id
 * @param partitions how many each side has
 * @param stores by side
 * @param sources the topics that feed a side, as they are called in the cluster
 */
public record Layout(
        String application, int partitions, Map<Side, Set<String>> stores, Map<Side, Set<String>> sources) {

    /** Reads it from a topology that no application has taken yet. */
    static Layout of(TopologyDescription topology, TopicCatalogue topics, String application) {
        var stores = new EnumMap<Side, Set<String>>(Side.class);
        var sources = new EnumMap<Side, Set<String>>(Side.class);
        for (var part : topology.subtopologies()) {
            var topicsOfPart = new HashSet<String>();
            var storesOfPart = new HashSet<String>();
            for (var node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    topicsOfPart.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Processor processor) {
                    storesOfPart.addAll(processor.stores());
                }
            }
            if (topicsOfPart.contains(topics.events(Aggregate.USERS))) {
                sources.put(Side.BY_ID, topicsOfPart);
                stores.put(Side.BY_ID, storesOfPart);
            } else if (topicsOfPart.contains(topics.results())) {
                sources.put(Side.RESULTS, topicsOfPart);
                stores.put(Side.RESULTS, storesOfPart);
            } else {
                // Fed by a topic of the application's own.
                sources.put(
                        Side.BY_ORGANIZATION,
                        Set.of(application + '-' + topicsOfPart.iterator().next()));
                stores.put(Side.BY_ORGANIZATION, storesOfPart);
            }
        }
        return new Layout(application, topics.partitions(), stores, sources);
    }

    /** What feeds a partition. */
    Set<TopicPartition> sources(Place place) {
        var all = new HashSet<TopicPartition>();
        sources.get(place.side()).forEach(topic -> all.add(new TopicPartition(topic, place.partition())));
        return all;
    }

    /** One topic that is worked on wherever a partition is. */
    TopicPartition source(Place place) {
        return sources(place).iterator().next();
    }

    /** Where a partition of a store is kept in the cluster, if it is. */
    TopicPartition changelog(String store, int partition) {
        return new TopicPartition(application + '-' + store + "-changelog", partition);
    }

    /** The side that a store is of. */
    Optional<Side> side(String store) {
        return stores.entrySet().stream()
                .filter(side -> side.getValue().contains(store))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
