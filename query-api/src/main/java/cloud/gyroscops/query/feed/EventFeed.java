package cloud.gyroscops.query.feed;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * All committed events as they come, for any number of readers up to a bound: one consumer follows the events for all of
 * them, and a few threads write to all of them.
 */
public final class EventFeed implements AutoCloseable {

    private static final int WORKERS = 2;
    private static final int CATCHING_UP = 4;
    private static final Duration MOST_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** How long a reader that is sent away has to hear why. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FeedSettings settings;
    private final FeedPartitions partitions;
    private final Wire wire;
    private final SharedConsumers consumers;
    private final Tail tail;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor workers = threads("feed-writer", WORKERS);
    private final ThreadPoolExecutor catchingUp = threads("feed-catch-up", CATCHING_UP);
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "feed-clock"));
    private final AtomicInteger admitted = new AtomicInteger();

    /** How each can be cut off that does not take what it is told. */
    private final Map<FeedReader, Runnable> readers = new ConcurrentHashMap<>();

    private final FeedReader.Host host = new Host();
    private volatile boolean closing;

    /** To be started. */
    public EventFeed(
            KafkaSettings kafka, TopicCatalogue topics, Wire wire, FeedSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.partitions = new FeedPartitions(topics);
        this.wire = wire;
        this.consumers = new SharedConsumers(FeedConsumers.of(kafka));
        this.tail = new Tail(FeedConsumers.of(kafka), partitions, wire);
        this.meters = meters;
        meters.gauge("gyroscops.feed.readers", admitted);
    }

    /** Is ready for readers. */
    public void start() {
        tail.start();
        long millis = settings.heartbeat().toMillis();
        // Not at a fixed rate: after a stall beats that were missed would come at once, and cut off who had no time to
        // take one.
        clock.scheduleWithFixedDelay(
                () -> readers.keySet().forEach(FeedReader::beat), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** How many partitions a position has. */
    int partitions() {
        return partitions.count();
    }

    /**
     * Makes the events the answer, until the reader goes or is sent away; throws {@link NotAdmitted} if it is not let in.
     *
     * @param after where the reader has been before; none: from now on
     */
    void open(Context ctx, FeedFilter filter, Optional<FeedPosition> after) throws InterruptedException, IOException {
        var stream = ctx.res().getOutputStream();
        if (closing) {
            throw new NotAdmitted(CutOff.STOPPING);
        }
        if (admitted.incrementAndGet() > settings.readers()) {
            admitted.decrementAndGet();
            throw new NotAdmitted(CutOff.FULL);
        }
        var reader = new FeedReader(host);
        var events = new ReaderEvents(
                tail,
                partitions,
                filter,
                settings.queue(),
                reader::signal,
                reader::cutOff,
                position -> new CatchUp(consumers, partitions, filter, wire, position, catchingUp));
        try {
            events.begin(after);
            if (after.isPresent()) {
                check(after.get(), events);
            }
        } catch (RuntimeException | InterruptedException e) {
            events.close();
            admitted.decrementAndGet();
            throw e;
        }
        answer(ctx, reader, events, stream);
    }

    /** A reader may have heard from another instance what this one has yet to hear; but not much more. */
    private static void check(FeedPosition after, ReaderEvents events) throws InterruptedException {
        long until = System.nanoTime() + MOST_WAIT.toNanos();
        while (!events.tailHasComeTo(after)) {
            if (System.nanoTime() > until) {
                throw Problem.badRequest(
                        "lastEventId",
                        "\"" + after + "\" is behind the last event; it must be the id of one of this installation");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void answer(Context ctx, FeedReader reader, ReaderEvents events, ServletOutputStream stream) {
        ctx.contentType("text/event-stream").header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
        ctx.future(() -> {
            var request = ServletContextRequest.getServletContextRequest(ctx.req());
            var connection = request.getConnectionMetaData().getConnection();
            readers.put(reader, () -> connection.getEndPoint().close());
            return reader.open(events, new SseOutput(stream, reader::signal, failure -> reader.leave()));
        });
    }

    /** Tells all readers that the server stops; they come back to another one, or later. */
    @Override
    public void close() {
        closing = true;
        readers.keySet().forEach(reader -> reader.cutOff(CutOff.STOPPING));
        long until = System.nanoTime() + MOST_WAIT.toNanos();
        while (!readers.isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        readers.keySet().forEach(this::end);
        tail.close();
        clock.shutdownNow();
        workers.shutdown();
        catchingUp.shutdown();
    }

    /** What it has not taken by now, it will not take. */
    private void end(FeedReader reader) {
        var connection = readers.get(reader);
        if (connection != null) {
            connection.run();
            reader.leave();
        }
    }

    private static ThreadPoolExecutor threads(String name, int count) {
        var numbers = new AtomicInteger();
        // Whoever comes when all is over has nothing to say any more.
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> daemon(work, name + "-" + numbers.incrementAndGet()),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What readers see of the feed. */
    private final class Host implements FeedReader.Host {

        @Override
        public Executor workers() {
            return workers;
        }

        @Override
        public Executor catchingUp() {
            return catchingUp;
        }

        @Override
        public void sendingAway(FeedReader reader, CutOff reason) {
            meters.counter("gyroscops.feed.cut.off", "reason", reason.text()).increment();
            if (!closing) {
                clock.schedule(() -> end(reader), GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void gone(FeedReader reader) {
            if (readers.remove(reader) != null) {
                admitted.decrementAndGet();
            }
        }
    }
}
