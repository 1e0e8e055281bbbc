package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** Events that are written in a test, with gaps in the offsets like those that transactions leave, and who follows them. */
final class GrowingLog implements Following {

    private static final int PARTITIONS_OF_A_TYPE = 2;

    final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(PARTITIONS_OF_A_TYPE));
    final FeedPartitions partitions = new FeedPartitions(topics);
    final Wire wire = new Wire(topics, new InMemorySchemaRegistry());

    private final Random random;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final long[] ends = new long[partitions.count()];
    private final long[] followed = new long[partitions.count()];
    private final Set<Listener> listeners = new HashSet<>();
    private int heard;

    GrowingLog(Random random) {
        this.random = random;
    }

    /** One more, somewhere; or a gap. */
    void grow() {
        int number = random.nextInt(partitions.count());
        if (random.nextInt(4) == 0) {
            ends[number]++;
            return;
        }
        var partition = partitions.get(number);
        records.add(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                ends[number]++,
                "a-" + number + "@" + ends[number],
                random.nextInt(10) == 0 ? null : new byte[0]));
    }

    /** All that are not tombstones. */
    List<String> places() {
        return records.stream()
                .filter(record -> record.value() != null)
                .map(record -> place(FeedEvent.in(record, partitions, wire).orElseThrow()))
                .toList();
    }

    static String place(FeedEvent event) {
        return event.partition() + ":" + event.offset();
    }

    /** The listeners hear some of what they have not heard yet. */
    void hear(int most) {
        for (int i = 0; i < most && heard < records.size(); i++) {
            var record = records.get(heard++);
            FeedEvent.in(record, partitions, wire)
                    .ifPresent(event -> listeners.forEach(listener -> listener.hear(event)));
            int number = partitions.number(new TopicPartition(record.topic(), record.partition()));
            followed[number] = record.offset() + 1;
        }
        var position = followed.clone();
        listeners.forEach(listener -> listener.heardAllBefore(position));
    }

    /** Reads what there is behind a position, and later also what comes. */
    CatchUp catchUp(FeedFilter filter, long[] position, List<Runnable> feeding) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.setMaxPollRecords(3);
        var catchUp =
                new CatchUp(new SharedConsumers(() -> consumer), partitions, filter, wire, position, Runnable::run);
        var next = new int[1];
        feeding.add(() -> {
            // It has nothing to read from before it is asked first.
            boolean reads = !consumer.closed() && !consumer.assignment().isEmpty();
            for (; next[0] < records.size() && reads; next[0]++) {
                var record = records.get(next[0]);
                var partition = new TopicPartition(record.topic(), record.partition());
                if (consumer.assignment().contains(partition)
                        && record.offset() >= position[partitions.number(partition)]) {
                    consumer.addRecord(record);
                }
            }
        });
        return catchUp;
    }

    @Override
    public FeedPosition join(Listener listener) {
        listeners.add(listener);
        return new FeedPosition(followed);
    }

    @Override
    public Optional<FeedPosition> again(Runnable forget) {
        forget.run();
        return Optional.of(new FeedPosition(followed));
    }

    @Override
    public void leave(Listener listener) {
        listeners.remove(listener);
    }
}
