package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class SharedConsumersTest {

    private final List<MockConsumer<String, byte[]>> opened = new ArrayList<>();
    private final GrowingLog log = new GrowingLog(new Random(1));

    @Test
    void asManyAsMayAreOpenedHoweverManyCatchUp() {
        var consumers = new SharedConsumers(this::open);
        for (int reader = 0; reader < 3 * SharedConsumers.MOST; reader++) {
            catchUp(consumers, 0).read();
        }

        assertThat(opened).hasSize(SharedConsumers.MOST);
    }

    @Test
    void whoLostItsConsumerToAnotherGoesOnWhereItWas() {
        var consumers = new SharedConsumers(this::open, 1);
        var one = catchUp(consumers, 0);
        var other = catchUp(consumers, 5);

        assertThat(offsets(one, 0)).containsExactly(0L);
        assertThat(offsets(other, 5)).containsExactly(5L);
        assertThat(offsets(one, 1)).containsExactly(1L);
        assertThat(offsets(other, 6)).containsExactly(6L);
        assertThat(opened).hasSize(1);
    }

    @Test
    void theConsumerOfWhoHasCaughtUpIsClosed() {
        var consumers = new SharedConsumers(this::open);
        var reader = catchUp(consumers, 0);
        reader.read();

        reader.close();

        assertThat(opened).singleElement().matches(MockConsumer::closed);
        assertThat(reader.read().events()).isEmpty();
    }

    private CatchUp catchUp(SharedConsumers consumers, long from) {
        var filter = new FeedFilter(Set.of(), Set.of(), Set.of(), Set.of());
        var position = new long[log.partitions.count()];
        position[0] = from;
        return new CatchUp(consumers, log.partitions, filter, log.wire, position, Runnable::run);
    }

    /** What a reader gets where there is one event more. */
    private List<Long> offsets(CatchUp reader, long offset) {
        if (opened.isEmpty()) {
            open();
        }
        var partition = log.partitions.get(0);
        opened.get(0).schedulePollTask(() -> opened.get(0)
                .addRecord(
                        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "a-1@1", new byte[0])));
        return reader.read().events().stream().map(FeedEvent::offset).toList();
    }

    private Consumer<String, byte[]> open() {
        if (opened.size() == 1
                && !opened.get(0).closed()
                && opened.get(0).assignment().isEmpty()) {
            return opened.get(0);
        }
        var consumer = new MockConsumer<String, byte[]>("earliest");
        opened.add(consumer);
        return consumer;
    }
}
