package cloud.gyroscops.query.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A few consumers for all who catch up, however many these are: each holds some megabytes. Whoever reads again gets the one
 * that it had, unless somebody needed it meanwhile.
 */
final class SharedConsumers {

    /** More than read at the same time. */
    static final int MOST = 8;

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> open;
    private final int most;

    /** The one that was used longest ago comes first. Guarded by this, like the next. */
    private final Deque<Loan> idle = new ArrayDeque<>();

    private int opened;

    SharedConsumers(Supplier<Consumer<String, byte[]>> open) {
        this(open, MOST);
    }

    SharedConsumers(Supplier<Consumer<String, byte[]>> open, int most) {
        this.open = open;
        this.most = most;
    }

    /** A consumer, and whose it is. */
    static final class Loan {

        private final Consumer<String, byte[]> consumer;
        private Object owner;

        private Loan(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        Consumer<String, byte[]> consumer() {
            return consumer;
        }

        /** Whether it was another's before: then it reads something else, somewhere else. */
        boolean isNewFor(Object reader) {
            boolean another = owner != reader;
            owner = reader;
            return another;
        }
    }

    /** To be given back, or up. At most {@link #MOST} threads may ask at the same time. */
    Loan take(Object reader) {
        synchronized (this) {
            var own = idle.stream().filter(loan -> loan.owner == reader).findFirst();
            if (own.isPresent() || opened == most) {
                var loan = own.orElseGet(idle::getFirst);
                idle.remove(loan);
                return loan;
            }
            opened++;
        }
        try {
            return new Loan(open.get());
        } catch (RuntimeException e) {
            oneLess();
            throw e;
        }
    }

    synchronized void giveBack(Loan loan) {
        idle.addLast(loan);
    }

    /** One that fails is of no use to the next. */
    void giveUp(Loan loan) {
        oneLess();
        loan.consumer.close(CloseOptions.timeout(CLOSED_WITHIN));
    }

    /** Who left needs none any more; may take a moment. */
    void leave(Object reader) {
        Loan left;
        synchronized (this) {
            left = idle.stream()
                    .filter(loan -> loan.owner == reader)
                    .findFirst()
                    .orElse(null);
            idle.remove(left);
        }
        if (left != null) {
            giveUp(left);
        }
    }

    private synchronized void oneLess() {
        opened--;
    }
}
