package cloud.gyroscops.standalone.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends the lines of some aggregates, in order, a batch at a time: the next one when every line of the one before is
 * answered, so that no line overtakes one that must be sent again.
 */
final class Lane implements Runnable {

    /** A batch and its answers fit into the connection's buffers: neither side ever waits for the other to read. */
    static final int BATCH = 500;

    private static final long LOOK_AGAIN_MS = 100;

    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(BATCH);
    private final CommandsEndpoint server;
    private final Backoff backoff;
    private final Tally tally;
    private final Outstanding outstanding;
    private volatile boolean ending;

    Lane(CommandsEndpoint server, Backoff backoff, Tally tally, Outstanding outstanding) {
        this.server = server;
        this.backoff = backoff;
        this.tally = tally;
        this.outstanding = outstanding;
    }

    /** Adds a line; waits while there are too many. */
    void add(Line line) throws InterruptedException {
        while (!queue.offer(line, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
            if (tally.stopped()) {
                return;
            }
        }
    }

    /** There will be no more lines. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try {
            while (!tally.stopped()) {
                // Asked before looking: what was added before the end is then seen.
                boolean last = ending;
                var first = queue.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, BATCH - 1);
                    untilAnswered(batch);
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            tally.stop("interrupted");
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            tally.stop("a bug in the loader: " + e);
            throw e;
        }
    }

    private void untilAnswered(List<Line> batch) throws InterruptedException {
        var open = batch;
        for (int inVain = 0; !open.isEmpty() && !tally.stopped(); ) {
            var attempt = attempt(open);
            inVain = attempt.open.size() < open.size() ? 0 : inVain + 1;
            open = attempt.open;
            if (!open.isEmpty() && inVain >= backoff.attempts()) {
                tally.stop("given up at line " + open.get(0).number() + ": " + attempt.problem);
            } else if (!open.isEmpty() && !tally.stopped()) {
                TimeUnit.NANOSECONDS.sleep(backoff.after(inVain + 1).toNanos());
            }
        }
    }

    /** What is still open after an attempt, in order, and why. */
    private record Attempt(List<Line> open, String problem) {}

    private Attempt attempt(List<Line> lines) throws InterruptedException {
        var answered = new HashSet<Line>();
        var problem = new String[] {"the server left lines unanswered"};
        try {
            server.send(lines, (line, answer) -> {
                if (answer.kind() == Answer.Kind.OPEN) {
                    problem[0] = answer.detail();
                } else if (answered.add(line)) {
                    tally.answered(line, answer);
                    outstanding.answered(line.aggregate());
                }
            });
        } catch (CommandsEndpoint.WrongServerException e) {
            tally.stop(e.getMessage());
        } catch (IOException e) {
            problem[0] =
                    e.getMessage() == null ? "no connection (" + e.getClass().getSimpleName() + ")" : e.getMessage();
        }
        return new Attempt(
                lines.stream().filter(line -> !answered.contains(line)).toList(), problem[0]);
    }
}
