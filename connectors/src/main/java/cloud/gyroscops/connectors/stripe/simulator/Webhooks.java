package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.Stripe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells an endpoint what happened: signed, again and again until it answers 2xx; and late, twice and out of order on demand. */
public final class Webhooks {

    private static final int SENDERS = 8;
    private static final int MOST_ATTEMPTS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);

    private final Clock clock;
    private final String secret;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledThreadPoolExecutor senders = new ScheduledThreadPoolExecutor(SENDERS, task -> {
        var thread = new Thread(task, "stripe-simulator-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    /** What has not been answered yet, by the event's id. */
    private final Map<String, ObjectNode> waiting = new LinkedHashMap<>();

    private final List<ObjectNode> held = new ArrayList<>();
    private URI endpoint;
    private Duration backoff = Duration.ofSeconds(1);
    private Duration latest = Duration.ZERO;
    private double late;
    private double twice;
    private boolean holding;
    private int losing;

    Webhooks(SimulatorSettings settings) {
        clock = settings.clock();
        secret = settings.webhookSecret();
        random = new Random(settings.seed());
        senders.setRemoveOnCancelPolicy(true);
    }

    /** Sends there from now on, and what waited for an endpoint to be known. */
    public synchronized Webhooks to(URI url) {
        endpoint = url;
        waiting.values().forEach(event -> later(event, 1, Duration.ZERO));
        return this;
    }

    /** How long it waits before the second attempt; doubled each time. 1 s unless told otherwise. */
    public synchronized Webhooks backoff(Duration first) {
        backoff = first;
        return this;
    }

    /**
     * From now on some come late, so that others overtake them, and some twice.
     *
     * @param latest up to how much later the late ones are sent
     */
    public synchronized Webhooks disorder(double lateProbability, Duration latest, double twiceProbability) {
        late = lateProbability;
        this.latest = latest;
        twice = twiceProbability;
        return this;
    }

    /** Sends nothing until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Sends what was held: the latest first, and so many times. */
    public synchronized void release(int times) {
        holding = false;
        Collections.reverse(held);
        for (int i = 0; i < times; i++) {
            held.forEach(event -> later(event, 1, Duration.ZERO));
        }
        held.clear();
    }

    /** Never tells of the next events. */
    public synchronized void lose(int events) {
        losing = events;
    }

    /** How many were not answered with 2xx yet. */
    public synchronized int waiting() {
        return waiting.size();
    }

    synchronized void tell(String type, ObjectNode object) {
        if (losing > 0) {
            losing--;
            return;
        }
        var event = Shapes.make("event", "evt_", clock.instant());
        event.put("type", type).put("api_version", Stripe.API_VERSION).put("pending_webhooks", 1);
        event.putObject("data").set("object", object);
        if (endpoint == null && !holding) {
            return;
        }
        waiting.put(event.path("id").asText(), event);
        if (holding) {
            held.add(event);
            return;
        }
        later(
                event,
                1,
                random.nextDouble() < late
                        ? latest.multipliedBy(random.nextInt(1000)).dividedBy(1000)
                        : Duration.ZERO);
        if (random.nextDouble() < twice) {
            later(event, 1, latest);
        }
    }

    private synchronized void later(ObjectNode event, int attempt, Duration delay) {
        try {
            senders.schedule(() -> send(event, attempt), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // What is not sent is saved with the rest.
        }
    }

    private void send(ObjectNode event, int attempt) {
        if (delivered(event)) {
            synchronized (this) {
                waiting.remove(event.path("id").asText());
            }
        } else if (attempt < MOST_ATTEMPTS) {
            var wait = backoff.multipliedBy(1L << attempt - 1);
            later(event, attempt + 1, wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF);
        }
    }

    private boolean delivered(ObjectNode event) {
        var body = event.toPrettyString();
        URI url;
        synchronized (this) {
            url = endpoint;
        }
        if (url == null) {
            return false;
        }
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", signature(body, clock.instant().getEpochSecond(), secret))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException notReached) {
            return false;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The header that shows that a body is from Stripe: {@code t=…,v1=…}. */
    public static String signature(String body, long epochSecond, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signature = mac.doFinal((epochSecond + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + epochSecond + ",v1=" + HexFormat.of().formatHex(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    synchronized ArrayNode saved() {
        var array = Shapes.JSON.createArrayNode();
        waiting.values().forEach(event -> array.add(event.deepCopy()));
        return array;
    }

    synchronized void load(ArrayNode saved) {
        saved.forEach(event -> waiting.put(event.path("id").asText(), (ObjectNode) event));
    }

    void close() {
        senders.shutdownNow();
    }
}
