package cloud.gyroscops.query.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gyroscops.topology.view.Answered;
import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the other instances over HTTP for what they know of one version of the views. */
public final class HttpPeers implements Peers {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPeers.class);

    /** A machine that is gone does not even refuse. */
    private static final Duration CONNECT_WITHIN = Duration.ofMillis(500);

    /** So long one that did not answer is asked last; then one request tries again. */
    static final long SUSPECTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final HttpClient http;
    private final QuestionJson json = new QuestionJson();
    private final Map<HostInfo, Long> suspects = new ConcurrentHashMap<>();
    private final String secret;
    private final int version;
    private final LongSupplier nanos;

    public HttpPeers(PeerSettings settings, int version) {
        this(settings, version, CONNECT_WITHIN, System::nanoTime);
    }

    /** The same with another clock, and another limit for who does not even refuse. */
    HttpPeers(PeerSettings settings, int version, Duration connectWithin, LongSupplier nanos) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectWithin)
                .build();
        this.nanos = nanos;
        this.secret = settings.secret();
        this.version = version;
    }

    @Override
    public <A> CompletableFuture<Map<Integer, Answered<A>>> ask(HostInfo peer, Forwarded<A> question, Duration within) {
        HttpRequest request;
        try {
            request = request(peer, question, within);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                // The request's own limit ends with the head of the response.
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> answers(peer, question, response))
                .exceptionally(failure -> {
                    suspects.put(peer, nanos.getAsLong());
                    LOG.debug("{} did not answer", peer, failure);
                    return Map.of();
                });
    }

    private <A> HttpRequest request(HostInfo peer, Forwarded<A> question, Duration within) throws IOException {
        var uri = URI.create("http://" + PeerAddress.bracketed(peer.host()) + ':' + peer.port() + "/internal/questions/"
                + version + '/'
                + QuestionJson.name(question.question()));
        var request = HttpRequest.newBuilder(uri)
                .timeout(within)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.question(question)));
        if (!secret.isEmpty()) {
            request.header(PeerResource.SECRET, secret);
        }
        return request.build();
    }

    private <A> Map<Integer, Answered<A>> answers(HostInfo peer, Forwarded<A> question, HttpResponse<byte[]> response) {
        // Whatever it says, it is there, and may well answer the next question.
        suspects.remove(peer);
        if (response.statusCode() == 200) {
            try {
                return json.answers(question.question(), response.body());
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} answered {} with what cannot be read here", peer, question.question(), e);
                return Map.of();
            }
        }
        if (response.statusCode() != 421 && response.statusCode() != 503) {
            LOG.warn("{} does not answer its peers: {}", peer, new String(response.body(), UTF_8));
        }
        return Map.of();
    }

    @Override
    public boolean suspected(HostInfo peer) {
        var since = suspects.get(peer);
        long now = nanos.getAsLong();
        // The others do not wait for one that may be silent again.
        return since != null && (now - since <= SUSPECTED_NANOS || !suspects.replace(peer, since, now));
    }
}
