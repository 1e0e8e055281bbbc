package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** The partitions of all events, numbered: those of organizations, then of users, then of payments. */
final class FeedPartitions {

    private final List<TopicPartition> all;
    private final Map<TopicPartition, Integer> numbers = new HashMap<>();
    private final int perAggregate;

    FeedPartitions(TopicCatalogue topics) {
        perAggregate = topics.partitions();
        all = Stream.of(Aggregate.values())
                .flatMap(aggregate -> IntStream.range(0, perAggregate)
                        .mapToObj(partition -> new TopicPartition(topics.events(aggregate), partition)))
                .toList();
        all.forEach(partition -> numbers.put(partition, numbers.size()));
    }

    int count() {
        return all.size();
    }

    int perAggregate() {
        return perAggregate;
    }

    List<TopicPartition> all() {
        return all;
    }

    TopicPartition get(int number) {
        return all.get(number);
    }

    int number(TopicPartition partition) {
        return numbers.get(partition);
    }

    Aggregate aggregate(int number) {
        return Aggregate.values()[number / perAggregate];
    }

    /** The partition among those of its aggregate type. */
    int within(int number) {
        return number % perAggregate;
    }
}
