package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.serde.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads for one reader what came before it met the tail. */
final class CatchUp implements AutoCloseable {

    /** Those who wait for their turn should not wait for nothing. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final SharedConsumers consumers;
    private final FeedPartitions partitions;
    private final FeedFilter filter;
    private final Wire wire;
    private final Executor closing;
    private final List<Integer> wanted;

    /** Behind what was read. */
    private final long[] next;

    private boolean closed;

    /**
     * Some events that are wanted.
     *
     * @param position behind them, in the partitions that are read
     */
    record Stretch(List<FeedEvent> events, long[] position) {}

    /**
     * Reads the partitions in which something may be wanted.
     *
     * @param closing where consumers are closed, which may take a moment
     */
    CatchUp(
            SharedConsumers consumers,
            FeedPartitions partitions,
            FeedFilter filter,
            Wire wire,
            long[] position,
            Executor closing) {
        this.consumers = consumers;
        this.partitions = partitions;
        this.filter = filter;
        this.wire = wire;
        this.closing = closing;
        this.next = position.clone();
        this.wanted = IntStream.range(0, partitions.count())
                .filter(number -> filter.wants(partitions, number))
                .boxed()
                .toList();
    }

    /** What comes next, if it comes soon; nothing any more once this is closed. */
    synchronized Stretch read() {
        var events = new ArrayList<FeedEvent>();
        var position = new long[partitions.count()];
        if (closed) {
            return new Stretch(events, position);
        }
        var loan = consumers.take(this);
        try {
            var consumer = loan.consumer();
            if (loan.isNewFor(this)) {
                begin(consumer);
            }
            consumer.poll(POLL).forEach(record -> FeedEvent.in(record, partitions, wire)
                    .filter(filter::wants)
                    .ifPresent(events::add));
            for (int number : wanted) {
                next[number] = consumer.position(partitions.get(number));
                position[number] = next[number];
            }
        } catch (RuntimeException e) {
            consumers.giveUp(loan);
            throw e;
        }
        consumers.giveBack(loan);
        return new Stretch(events, position);
    }

    private void begin(Consumer<String, byte[]> consumer) {
        consumer.assign(wanted.stream().map(partitions::get).toList());
        wanted.forEach(number -> consumer.seek(partitions.get(number), next[number]));
    }

    @Override
    public void close() {
        closing.execute(this::closeNow);
    }

    private synchronized void closeNow() {
        closed = true;
        consumers.leave(this);
    }
}
