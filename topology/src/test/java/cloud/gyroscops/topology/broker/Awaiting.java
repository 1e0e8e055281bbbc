package cloud.gyroscops.topology.broker;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits on the calling thread: Kafka's consumers allow no other. */
final class Awaiting {

    private Awaiting() {}

    static void that(String what, Duration within, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(within)
                .until(condition);
    }
}
