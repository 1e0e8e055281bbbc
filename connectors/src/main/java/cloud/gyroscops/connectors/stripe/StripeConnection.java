package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.TargetException;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.OptionalInt;

/** Calls to Stripe, with what goes wrong told apart as the worker wants to know it. */
final class StripeConnection {

    /** One call. */
    @FunctionalInterface
    interface Call<T> {
        T on(V1Services stripe) throws StripeException;
    }

    /** Each of them is spent by an error of Stripe's own. */
    private static final int MOST_KEYS = 10;

    private final StripeClient client;
    private final StripeHttp http;

    StripeConnection(StripeSettings settings, Requests requests) {
        http = new StripeHttp(settings.timeout(), requests);
        client = StripeClient.builder()
                .setApiKey(settings.apiKey())
                .setApiBase(settings.apiBase().toString())
                .setHttpClient(http)
                // The worker knows better: it waits for the whole target, and for as long as Stripe asks.
                .setMaxNetworkRetries(0)
                .build();
    }

    /** One call that may be repeated: it has one effect under the same key. */
    @FunctionalInterface
    interface KeyedCall<T> {
        T on(V1Services stripe, RequestOptions options) throws StripeException;
    }

    /** Looks for what a call may have done. */
    @FunctionalInterface
    interface Done<T> {
        Optional<T> find() throws Refusal, TargetException, InterruptedException;
    }

    /**
     * Calls with an idempotency key. Where all that Stripe remembers under it is that something went wrong, what may be done
     * already is looked for, and done under another key if it is not.
     *
     * @throws Refusal if Stripe will not do it
     */
    <T> T once(String key, Optional<String> traceparent, KeyedCall<T> call, Done<T> done)
            throws Refusal, TargetException, InterruptedException {
        for (int number = 1; ; number++) {
            var own = number == 1 ? key : key + ":" + number;
            try {
                return call(traceparent, v1 -> call.on(v1, options(own)));
            } catch (Refusal refusal) {
                if (!refusal.keySpent() || number == MOST_KEYS) {
                    throw refusal;
                }
            }
            var found = done.find();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    private static RequestOptions options(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /**
     * Calls.
     *
     * @param traceparent for the header of that name
     * @throws Refusal if Stripe will not do it
     */
    <T> T call(Optional<String> traceparent, Call<T> call) throws Refusal, TargetException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        http.begin(traceparent);
        try {
            return call.on(client.v1());
        } catch (StripeException e) {
            throw failure(e);
        } finally {
            http.end();
        }
    }

    private TargetException failure(StripeException e) throws Refusal, InterruptedException {
        int status = e.getStatusCode() == null || e.getStatusCode() == 0 ? http.status() : e.getStatusCode();
        var error = Optional.ofNullable(e.getStripeError());
        var code = Redaction.code(error.map(each -> each.getCode()).orElse(e.getCode()), "HTTP_" + status);
        var message = Redaction.message(error.map(each -> each.getMessage()).orElse(e.getMessage()));
        if (e instanceof ApiConnectionException) {
            return noAnswer(e);
        }
        if (e instanceof AuthenticationException) {
            // Stripe's own message shows a part of the key.
            return unavailable("HTTP_" + status, "Stripe refuses the API key, or what it may do", status, e);
        }
        if (e instanceof IdempotencyException) {
            throw new Refusal(code, message, status, Optional.empty(), Refusal.Kind.KEY_REUSED, e);
        }
        if (status == 409 || code.equals("lock_timeout")) {
            return new TargetException.NotYet(code, "another call for the same object is under way: " + message);
        }
        if (status >= 500 && http.replayed()) {
            throw new Refusal(code, message, status, Optional.empty(), Refusal.Kind.KEY_SPENT, e);
        }
        if (status == 429 || status >= 500) {
            return unavailable(code, message, status, e);
        }
        if (e instanceof CardException card) {
            var declined = card.getDeclineCode() == null ? code : card.getDeclineCode();
            throw new Refusal(Redaction.code(declined, code), message, status, Optional.empty(), Refusal.Kind.CARD, e);
        }
        if (e instanceof InvalidRequestException invalid) {
            throw new Refusal(code, message, status, Optional.ofNullable(invalid.getParam()), Refusal.Kind.REQUEST, e);
        }
        return new TargetException.Failed(code, message, OptionalInt.of(status), e);
    }

    private static TargetException noAnswer(StripeException e) throws InterruptedException {
        if (e.getCause() instanceof InterruptedException) {
            var interrupted = new InterruptedException("a call to Stripe was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
        boolean late = e.getCause() instanceof HttpTimeoutException;
        return new TargetException.Unavailable(
                late ? "time_out" : "no_connection",
                late
                        ? "Stripe did not answer in time"
                        : "no connection to Stripe: " + Redaction.message(e.getMessage()),
                OptionalInt.empty(),
                Optional.empty(),
                e);
    }

    private TargetException unavailable(String code, String message, int status, StripeException e) {
        return new TargetException.Unavailable(code, message, OptionalInt.of(status), http.retryAfter(), e);
    }
}
