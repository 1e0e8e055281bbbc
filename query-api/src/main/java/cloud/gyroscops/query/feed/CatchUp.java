package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.serde.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads for one reader what came before it met the tail. */
final class CatchUp implements AutoCloseable {

    /** Those who wait for their turn should not wait for nothing. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration AT_MOST = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final FeedPartitions partitions;
    private final FeedFilter filter;
    private final Wire wire;
    private final Executor closing;
    private boolean closed;

    /**
     * Some events that are wanted.
     *
     * @param position behind them, in the partitions that are read
     */
    record Stretch(List<FeedEvent> events, long[] position) {}

    /**
     * Takes over the consumer, and reads the partitions in which something may be wanted.
     *
     * @param closing where the consumer is closed, which may take a moment
     */
    CatchUp(
            Consumer<String, byte[]> consumer,
            FeedPartitions partitions,
            FeedFilter filter,
            Wire wire,
            long[] position,
            Executor closing) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.filter = filter;
        this.wire = wire;
        this.closing = closing;
        var wanted = IntStream.range(0, partitions.count())
                .filter(number -> filter.wants(partitions, number))
                .boxed()
                .toList();
        consumer.assign(wanted.stream().map(partitions::get).toList());
        wanted.forEach(number -> consumer.seek(partitions.get(number), position[number]));
    }

    /** What comes next, if it comes soon; nothing any more once this is closed. */
    synchronized Stretch read() {
        var events = new ArrayList<FeedEvent>();
        var position = new long[partitions.count()];
        if (closed) {
            return new Stretch(events, position);
        }
        consumer.poll(POLL).forEach(record -> FeedEvent.in(record, partitions, wire)
                .filter(filter::wants)
                .ifPresent(events::add));
        consumer.assignment()
                .forEach(partition -> position[partitions.number(partition)] = consumer.position(partition));
        return new Stretch(events, position);
    }

    @Override
    public void close() {
        closing.execute(this::closeNow);
    }

    private synchronized void closeNow() {
        closed = true;
        consumer.close(CloseOptions.timeout(AT_MOST));
    }
}
