package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Requests;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.ApiResource;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stripe's calls over the JDK's client: they can be interrupted, have a time-out over all, and carry the trace context.
 * Stripe's own exceptions have no headers: what an answer says about when to come back is kept beside the call.
 */
final class StripeHttp extends HttpClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** What goes with the call that the current thread makes. */
    private static final class Call {
        private final Optional<String> traceparent;
        private Optional<String> retryAfter = Optional.empty();
        private int status;
        private boolean replayed;

        private Call(Optional<String> traceparent) {
            this.traceparent = traceparent;
        }
    }

    private final ThreadLocal<Call> current = ThreadLocal.withInitial(() -> new Call(Optional.empty()));
    private final Duration timeout;
    private final Requests requests;
    private final java.net.http.HttpClient http;

    StripeHttp(Duration timeout, Requests requests) {
        this.timeout = timeout;
        this.requests = requests;
        http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT)
                .build();
    }

    /** Begins a call of this thread's. */
    void begin(Optional<String> traceparent) {
        current.set(new Call(traceparent));
    }

    /** What the last answer to this thread says about when to come back. */
    Optional<Duration> retryAfter() {
        return current.get().retryAfter.flatMap(StripeHttp::seconds);
    }

    /** The status of the last answer to this thread; 0: there was none. */
    int status() {
        return current.get().status;
    }

    /** Whether the last answer to this thread is what was answered before under the same idempotency key. */
    boolean replayed() {
        return current.get().replayed;
    }

    void end() {
        current.remove();
    }

    /** At most an hour, whatever is asked for. A date, which is allowed too, Stripe does not send. */
    static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        var asked = text.length() > 9 ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(text));
        return Optional.of(asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT);
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        var call = current.get();
        call.status = 0;
        call.replayed = false;
        try {
            var response = answer(request, call);
            call.replayed = response.headers()
                    .firstValue("Idempotent-Replayed")
                    .filter("true"::equals)
                    .isPresent();
            call.retryAfter = response.headers().firstValue("Retry-After");
            return new StripeResponse(
                    response.statusCode(), HttpHeaders.of(response.headers().map()), response.body());
        } catch (IOException e) {
            throw new ApiConnectionException(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new ApiConnectionException("interrupted", e);
        }
    }

    private HttpResponse<String> answer(StripeRequest request, Call call) throws IOException, InterruptedException {
        long began = requests.begin();
        try {
            var response = answer(asRequest(request, call));
            call.status = response.statusCode();
            return response;
        } finally {
            requests.ended(StripeOperation.of(request.method(), request.url().getPath()), call.status, began);
        }
    }

    /** A request's own time-out ends with the answer's headers: a body that does not come would be waited for without end. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        var coming = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new HttpTimeoutException("no answer within " + timeout);
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private HttpRequest asRequest(StripeRequest request, Call call) {
        var content = request.content();
        var builder = HttpRequest.newBuilder(URI.create(request.url().toString()))
                .method(
                        request.method().name(),
                        content == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(content.byteArrayContent()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.setHeader(name, value)));
        if (content != null && request.method() != ApiResource.RequestMethod.GET) {
            builder.setHeader("Content-Type", content.contentType());
        }
        builder.setHeader("User-Agent", buildUserAgentString(request));
        call.traceparent.ifPresent(value -> builder.setHeader("traceparent", value));
        return builder.build();
    }
}
