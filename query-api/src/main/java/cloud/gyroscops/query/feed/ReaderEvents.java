package cloud.gyroscops.query.feed;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The events for one reader, each once and those of a partition in order. While it lags behind, they are read with
 * a consumer of its own, and the tail fills a bounded queue; once all is read that came before the queue, they are taken
 * from there. If the queue gets too full meanwhile it is emptied, and the reading goes on up to where it begins anew: so
 * nothing is lost. What both have is known by its offset, and passed over.
 *
 * <p>The methods of {@link Following.Listener} are called by the tail, all others by one thread at a time.
 */
final class ReaderEvents implements Following.Listener, AutoCloseable {

    private final Following tail;
    private final FeedPartitions partitions;
    private final FeedFilter filter;
    private final int longestQueue;
    private final Runnable more;
    private final Consumer<CutOff> end;
    private final Function<long[], CatchUp> catchUps;

    /** Guarded by this, like the next two. */
    private final Deque<FeedEvent> queue = new ArrayDeque<>();

    private long[] heard;
    private boolean overflowed;

    private long[] position;
    private long[] meeting;
    private volatile CatchUp catchUp;
    private Iterator<FeedEvent> stretch = Collections.emptyIterator();
    private long[] stretchEnd;

    /**
     * To be begun.
     *
     * @param longestQueue how many events may wait in it
     * @param more is run when the tail has said something
     * @param end takes why the tail says no more
     * @param catchUps opens what reads from a position on
     */
    ReaderEvents(
            Following tail,
            FeedPartitions partitions,
            FeedFilter filter,
            int longestQueue,
            Runnable more,
            Consumer<CutOff> end,
            Function<long[], CatchUp> catchUps) {
        this.tail = tail;
        this.partitions = partitions;
        this.filter = filter;
        this.longestQueue = longestQueue;
        this.more = more;
        this.end = end;
        this.catchUps = catchUps;
    }

    /** Joins the tail, there or behind an earlier position. */
    void begin(Optional<FeedPosition> after) throws InterruptedException {
        meeting = tail.join(this).offsets();
        position = after.map(FeedPosition::offsets).orElseGet(meeting::clone);
        passOverUnwanted();
        if (!met()) {
            catchUp = catchUps.apply(position);
        }
    }

    /** Whether the tail has come as far as this reader. */
    synchronized boolean tailHasComeTo(FeedPosition reader) {
        return covers(heard == null ? meeting : heard, reader.offsets());
    }

    @Override
    public void hear(FeedEvent event) {
        if (!filter.wants(event)) {
            return;
        }
        synchronized (this) {
            if (queue.size() == longestQueue) {
                overflowed = true;
                queue.clear();
            } else if (!overflowed) {
                queue.add(event);
            }
        }
    }

    @Override
    public void heardAllBefore(long[] reached) {
        boolean news;
        synchronized (this) {
            heard = reached;
            news = overflowed || !queue.isEmpty();
        }
        if (news) {
            more.run();
        }
    }

    @Override
    public void cutOff(CutOff reason) {
        end.accept(reason);
    }

    /** Whether more came than the reader has taken, after it had met the tail. */
    synchronized boolean tooMany() {
        return catchUp == null && overflowed;
    }

    /** Whether it has yet to meet the tail. */
    boolean catchingUp() {
        return catchUp != null;
    }

    /** Leaves the queue, and catches up again. */
    void lagBehind() {
        catchUp = catchUps.apply(position);
        meetAgain();
        joinQueue();
    }

    /** The next event, if there is one already; the position is behind it then. */
    Optional<FeedEvent> next() {
        while (catchUp != null) {
            while (stretch.hasNext()) {
                var event = stretch.next();
                if (passes(event)) {
                    return Optional.of(event);
                }
            }
            if (stretchEnd == null) {
                return Optional.empty();
            }
            advance(stretchEnd);
            stretchEnd = null;
            meetTail();
        }
        return nextOfQueue();
    }

    /** Behind the last event that was handed out, and all that are not wanted between it and the next. */
    FeedPosition position() {
        return new FeedPosition(position);
    }

    /** What has to be asked for events; empty while there are some, or all have been read. */
    Optional<CatchUp> reading() {
        return Optional.ofNullable(stretchEnd == null ? catchUp : null);
    }

    void read(CatchUp.Stretch found) {
        stretch = found.events().iterator();
        stretchEnd = found.position();
    }

    @Override
    public void close() {
        tail.leave(this);
        var unfinished = catchUp;
        if (unfinished != null) {
            unfinished.close();
        }
    }

    private void meetTail() {
        if (met() && crowded()) {
            meetAgain();
        }
        joinQueue();
    }

    private void meetAgain() {
        tail.again(this::forget).ifPresent(anew -> {
            meeting = anew.offsets();
            passOverUnwanted();
        });
    }

    private void joinQueue() {
        if (met()) {
            catchUp.close();
            catchUp = null;
        }
    }

    private synchronized Optional<FeedEvent> nextOfQueue() {
        for (var event = queue.poll(); event != null; event = queue.poll()) {
            if (passes(event)) {
                return Optional.of(event);
            }
        }
        if (!overflowed && heard != null) {
            advance(heard);
        }
        return Optional.empty();
    }

    private boolean passes(FeedEvent event) {
        if (event.offset() < position[event.partition()]) {
            return false;
        }
        position[event.partition()] = event.offset() + 1;
        return true;
    }

    private boolean met() {
        return covers(position, meeting);
    }

    private static boolean covers(long[] position, long[] other) {
        for (int i = 0; i < position.length; i++) {
            if (position[i] < other[i]) {
                return false;
            }
        }
        return true;
    }

    private void advance(long[] to) {
        for (int i = 0; i < position.length; i++) {
            position[i] = Math.max(position[i], to[i]);
        }
    }

    private void passOverUnwanted() {
        for (int i = 0; i < position.length; i++) {
            if (!filter.wants(partitions, i)) {
                position[i] = Math.max(position[i], meeting[i]);
            }
        }
    }

    /** There should be some room when the reader comes to the queue. */
    private synchronized boolean crowded() {
        return overflowed || queue.size() > longestQueue / 2;
    }

    private synchronized void forget() {
        queue.clear();
        overflowed = false;
    }
}
