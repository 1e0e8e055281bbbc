package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.serde.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ends of all partitions for all readers of this process at once, as long as there are any. Who joins is told a
 * position, and gets every event behind it.
 */
final class Tail implements Following, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final FeedPartitions partitions;
    private final Wire wire;
    private final Thread thread = new Thread(this::run, "feed-tail");
    private final Set<Following.Listener> listeners = new LinkedHashSet<>();

    /** Null while nobody listens. Guarded, like the listeners, by this; replaced, never changed. */
    private long[] position;

    private boolean closing;

    Tail(Supplier<Consumer<String, byte[]>> consumers, FeedPartitions partitions, Wire wire) {
        this.consumers = consumers;
        this.partitions = partitions;
        this.wire = wire;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public synchronized FeedPosition join(Following.Listener listener) throws InterruptedException {
        listeners.add(listener);
        notifyAll();
        long until = System.nanoTime() + MOST_WAIT_NANOS;
        while (position == null && !closing && listeners.contains(listener)) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (position == null || closing) {
            listeners.remove(listener);
            throw new NotAdmitted(closing ? CutOff.STOPPING : CutOff.UNAVAILABLE);
        }
        return new FeedPosition(position);
    }

    @Override
    public synchronized Optional<FeedPosition> again(Runnable forget) {
        forget.run();
        return Optional.ofNullable(position).map(FeedPosition::new);
    }

    @Override
    public synchronized void leave(Following.Listener listener) {
        listeners.remove(listener);
    }

    private void run() {
        while (awaitListeners()) {
            try (var consumer = consumers.get()) {
                follow(consumer);
            } catch (RuntimeException e) {
                LOG.error("The ends of the events cannot be followed", e);
                sendAllAway(CutOff.UNAVAILABLE);
            }
        }
        sendAllAway(CutOff.STOPPING);
    }

    private void follow(Consumer<String, byte[]> consumer) {
        consumer.assign(partitions.all());
        consumer.seekToEnd(partitions.all());
        become(positions(consumer));
        while (anybodyListens()) {
            dispatch(consumer.poll(POLL), consumer);
        }
    }

    private synchronized void dispatch(ConsumerRecords<String, byte[]> records, Consumer<String, byte[]> consumer) {
        records.forEach(record -> FeedEvent.in(record, partitions, wire)
                .ifPresent(event -> listeners.forEach(listener -> listener.hear(event))));
        var now = positions(consumer);
        if (!Arrays.equals(now, position)) {
            position = now;
            listeners.forEach(listener -> listener.heardAllBefore(now));
        }
    }

    /** Also past what was aborted, and what ends transactions. */
    private long[] positions(Consumer<String, byte[]> consumer) {
        return partitions.all().stream().mapToLong(consumer::position).toArray();
    }

    private synchronized void become(long[] at) {
        position = at;
        notifyAll();
    }

    private synchronized boolean anybodyListens() {
        if (listeners.isEmpty()) {
            position = null;
        }
        return position != null && !closing;
    }

    private synchronized boolean awaitListeners() {
        try {
            while (listeners.isEmpty() && !closing) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closing;
    }

    private synchronized void sendAllAway(CutOff reason) {
        position = null;
        listeners.forEach(listener -> listener.cutOff(reason));
        listeners.clear();
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(POLL.multipliedBy(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
