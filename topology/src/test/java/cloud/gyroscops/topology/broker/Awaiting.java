package cloud.gyroscops.topology.broker;

import cloud.gyroscops.topology.view.ViewsNotReadyException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Waits on the calling thread: Kafka's consumers allow no other. Views that are not ready are asked again, as their answer
 * says: partitions move between threads at any time, also after all have been running once.
 */
final class Awaiting {

    private Awaiting() {}

    static void that(String what, Duration within, Callable<Boolean> condition) {
        until(what, within, condition, held -> held);
    }

    /** What views answer once they are ready. */
    static <A> A answer(Duration within, Callable<A> question) {
        return answer(within, question, answer -> true);
    }

    /** The first answer that will do. */
    static <A> A answer(Duration within, Callable<A> question, Predicate<A> enough) {
        return until("an answer", within, question, enough);
    }

    private static <A> A until(String what, Duration within, Callable<A> question, Predicate<A> enough) {
        return Awaitility.await(what)
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(ViewsNotReadyException.class)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(within)
                .until(question, enough::test);
    }
}
