package cloud.gyroscops.standalone;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Asks again where the answer is to do so, as clients should: views move between threads and instances at any time, also
 * after all was ready once.
 */
public final class AskingAgain {

    private AskingAgain() {}

    /** The first answer that is more than "try again". */
    public static <A> A until(Callable<A> request, Function<A, HttpResponse<?>> response) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(request, answer -> !isToAskAgain(response.apply(answer)));
    }

    private static boolean isToAskAgain(HttpResponse<?> answer) {
        return answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent();
    }
}
