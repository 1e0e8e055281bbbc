package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who reads the feed. It needs no thread but while there is something to say and room to say it: whatever happens
 * {@link #signal}s, and one of the feed's few threads sees what is to be done.
 */
final class FeedReader {

    /** What becomes of readers is the feed's business. */
    interface Host {
        /** Where readers work. */
        Executor workers();

        /** Where they catch up, which takes longer. */
        Executor catchingUp();

        /** A reader will be sent away. */
        void sendingAway(FeedReader reader, CutOff reason);

        /** A reader is gone. */
        void gone(FeedReader reader);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    /** Enough for the network to be busy with. */
    private static final int WRITTEN_AT_ONCE = 32 << 10;

    private static final int BEATS_IN_VAIN = 2;

    /** Who had met the tail and lost it should meet it again soon. */
    private static final long LONGEST_LAG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Host host;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private ReaderEvents events;
    private SseOutput output;
    private volatile boolean opened;
    private volatile boolean beat;
    private volatile boolean stuck;
    private volatile int beatsInVain;
    private volatile CutOff cutOff;
    private volatile CatchUp.Stretch found;
    private boolean lagging;
    private long laggingSince;
    private boolean reading;
    private boolean greeted;
    private boolean farewell;

    FeedReader(Host host) {
        this.host = host;
    }

    /** Begins to write; the future ends when nothing more will be written. */
    CompletableFuture<Void> open(ReaderEvents from, SseOutput to) {
        events = from;
        output = to;
        opened = true;
        output.open();
        return end;
    }

    /** Something may have to be done: there is room to write, or something to say. */
    void signal() {
        if (opened && signals.getAndIncrement() == 0) {
            host.workers().execute(this::work);
        }
    }

    /** It is time to say something, if only that there is nothing. Who has not listened for two beats is sent away. */
    void beat() {
        beat = true;
        if (stuck && ++beatsInVain == BEATS_IN_VAIN) {
            cutOff(CutOff.TOO_SLOW);
        } else {
            signal();
        }
    }

    /** Is told why, if it can be in a while, and sent away. */
    void cutOff(CutOff reason) {
        synchronized (this) {
            if (cutOff != null) {
                return;
            }
            cutOff = reason;
        }
        host.sendingAway(this, reason);
        signal();
    }

    /** Leaves; nothing more can be written. */
    void leave() {
        if (gone.compareAndSet(false, true)) {
            events.close();
            host.gone(this);
            end.complete(null);
        }
    }

    private void work() {
        int seen = signals.get();
        do {
            try {
                step();
            } catch (IOException e) {
                LOG.debug("A reader of the feed went away", e);
                leave();
            } catch (RuntimeException e) {
                LOG.warn("A reader of the feed cannot be served", e);
                leave();
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() throws IOException {
        if (gone.get()) {
            return;
        }
        boolean tooMany = events.tooMany();
        if (lagging && !events.catchingUp()) {
            lagging = false;
        } else if (lagging && System.nanoTime() - laggingSince > LONGEST_LAG_NANOS) {
            cutOff(CutOff.TOO_SLOW);
        }
        while (output.hasRoom()) {
            stuck = false;
            beatsInVain = 0;
            if (tooMany) {
                // It takes what we write: it may be us who were slow.
                tooMany = false;
                lagging = true;
                laggingSince = System.nanoTime();
                events.lagBehind();
            }
            if (farewell) {
                leave();
                return;
            }
            var text = text();
            if (text.isEmpty()) {
                return;
            }
            output.write(text);
        }
        stuck = true;
        if (tooMany) {
            cutOff(CutOff.TOO_SLOW);
        }
    }

    private String text() {
        if (cutOff != null) {
            farewell = true;
            return ServerSentEvents.cutOff(cutOff);
        }
        var text = new StringBuilder();
        if (!greeted) {
            greeted = true;
            text.append(ServerSentEvents.greeting(events.position()));
        }
        takeWhatWasRead();
        tell(text);
        if (text.isEmpty() && beat) {
            text.append(ServerSentEvents.position(events.position(), "nothing new"));
        }
        beat = false;
        readOn();
        return text.toString();
    }

    private void tell(StringBuilder text) {
        while (text.length() < WRITTEN_AT_ONCE) {
            var event = events.next();
            if (event.isEmpty()) {
                return;
            }
            try {
                text.append(
                        ServerSentEvents.event(events.position(), event.get().json()));
            } catch (RegistryUnavailableException e) {
                cutOff(CutOff.UNAVAILABLE);
                return;
            } catch (MalformedRecordException | SchemaRegistryException e) {
                LOG.error("An event cannot be read by the readers of the feed", e);
                cutOff(CutOff.UNREADABLE);
                return;
            }
        }
    }

    private void takeWhatWasRead() {
        var stretch = found;
        if (stretch != null) {
            found = null;
            events.read(stretch);
            reading = false;
        }
    }

    /** One stretch at a time, and only when the one before was written: who reads slowly reads little. */
    private void readOn() {
        events.reading().ifPresent(catchUp -> {
            if (!reading) {
                reading = true;
                host.catchingUp().execute(() -> read(catchUp));
            }
        });
    }

    private void read(CatchUp catchUp) {
        try {
            found = catchUp.read();
        } catch (RuntimeException e) {
            LOG.warn("Earlier events cannot be read for a reader of the feed", e);
            cutOff(CutOff.UNAVAILABLE);
        }
        signal();
    }
}
