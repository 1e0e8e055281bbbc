package cloud.gyroscops.standalone.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings commands to a server, one a line. The commands of one aggregate are sent in the file's order; one that names
 * another aggregate is sent when all that stands before it for that one is answered. What stays without an answer is
 * sent again under the same commandId, so that nothing happens twice.
 */
public final class Loader {

    private static final long PROGRESS_EVERY_MS = 200;

    private final CommandsEndpoint server;
    private final int parallel;
    private final Backoff backoff;
    private final Tally tally = new Tally();
    private final Outstanding outstanding = new Outstanding();

    /**
     * A loader for one load.
     *
     * @param parallel how many requests are under way at once, 1 or more
     */
    public Loader(URI server, int parallel, Backoff backoff) {
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("parallel is " + parallel + "; it must be 1 to 64");
        }
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.server = new CommandsEndpoint(client, server);
        this.parallel = parallel;
        this.backoff = backoff;
    }

    /**
     * Loads lines until their end; empty ones do not count.
     *
     * @param progress is told a few times a second how far it has come
     * @param cancelled ends the load early, once true
     */
    public LoadReport load(Iterator<String> lines, Consumer<LoadReport> progress, BooleanSupplier cancelled)
            throws InterruptedException {
        var lanes = new ArrayList<Lane>();
        var threads = new ArrayList<Thread>();
        for (int lane = 0; lane < parallel; lane++) {
            lanes.add(new Lane(server, backoff, tally, outstanding));
            threads.add(new Thread(lanes.get(lane), "load-" + lane));
        }
        var reader = new Thread(() -> read(lines, lanes), "load-reader");
        threads.add(reader);
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        try {
            for (var thread : threads) {
                while (thread.isAlive()) {
                    thread.join(PROGRESS_EVERY_MS);
                    if (cancelled.getAsBoolean()) {
                        tally.stop("interrupted");
                    }
                    progress.accept(tally.report());
                }
            }
        } catch (InterruptedException e) {
            tally.stop("interrupted");
            threads.forEach(Thread::interrupt);
            throw e;
        }
        return tally.report();
    }

    private void read(Iterator<String> lines, List<Lane> lanes) {
        try {
            for (long number = 1; !tally.stopped() && lines.hasNext(); number++) {
                var text = lines.next();
                if (!text.isBlank()) {
                    tally.read();
                    dispatch(number, text, lanes);
                }
            }
        } catch (InterruptedException e) {
            tally.stop("interrupted");
        } catch (RuntimeException e) {
            tally.stop("the commands cannot be read: " + e.getMessage());
        } finally {
            lanes.forEach(Lane::end);
        }
    }

    private void dispatch(long number, String text, List<Lane> lanes) throws InterruptedException {
        Line line;
        try {
            line = Line.parse(number, text);
        } catch (IllegalArgumentException e) {
            tally.malformed(number, e.getMessage());
            return;
        }
        outstanding.await(line.references(), tally::stopped);
        outstanding.sent(line.aggregate());
        lanes.get(Math.floorMod(line.aggregate().hashCode(), lanes.size())).add(line);
    }
}
