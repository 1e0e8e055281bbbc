package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payment intents, refunds and customers on loopback, with Stripe's shapes, rules, errors, idempotency keys and signed
 * webhooks. Its state is in memory; where it is given a file, it is kept there from one start to the next.
 */
public final class StripeSimulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StripeSimulator.class);
    private static final int TRACES_KEPT = 1000;
    private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

    private final SimulatorSettings settings;
    private final Faults faults;
    private final Webhooks webhooks;
    private final IdempotencyKeys keys;
    private final Books books;
    private final Api api;
    private final Dashboard dashboard;
    private final Javalin http;
    private final AtomicLong calls = new AtomicLong();
    private final ArrayDeque<String> traceparents = new ArrayDeque<>();
    private final AtomicLong changes = new AtomicLong();
    private final ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "stripe-simulator");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Duration latency = Duration.ZERO;
    private long savedChanges;

    private StripeSimulator(SimulatorSettings settings) {
        this.settings = settings;
        faults = new Faults(settings.seed());
        webhooks = new Webhooks(settings);
        keys = new IdempotencyKeys(settings.clock(), settings.keysKept());
        books = new Books(settings.clock(), this::happened);
        api = new Api(books, settings.searchLag());
        dashboard = new Dashboard(api);
        settings.file().ifPresent(this::load);
        http = new Server(api, keys, faults, () -> latency, settings, this::called).javalin();
    }

    /** Starts one, on loopback only. */
    public static StripeSimulator start(SimulatorSettings settings) {
        var simulator = new StripeSimulator(settings);
        simulator.http.start("127.0.0.1", settings.port());
        settings.file()
                .ifPresent(file -> simulator.clockwork.scheduleWithFixedDelay(
                        () -> simulator.save(file),
                        SAVED_EVERY.toMillis(),
                        SAVED_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS));
        return simulator;
    }

    /** What clients take for Stripe's base URL. */
    public String url() {
        return "http://127.0.0.1:" + http.port();
    }

    /** Where webhooks go from now on. */
    public void sendWebhooksTo(URI endpoint) {
        webhooks.to(endpoint);
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public Faults faults() {
        return faults;
    }

    /** What somebody does by hand, past our own doing. */
    public Dashboard dashboard() {
        return dashboard;
    }

    /** How long every call takes from now on. */
    public void latency(Duration perCall) {
        latency = perCall;
    }

    /** How many calls have come so far, also those that went wrong. */
    public long calls() {
        return calls.get();
    }

    /** The trace contexts that the latest calls came with. */
    public List<String> traceparents() {
        synchronized (traceparents) {
            return List.copyOf(traceparents);
        }
    }

    private void called(Optional<String> traceparent) {
        calls.incrementAndGet();
        synchronized (traceparents) {
            traceparent.ifPresent(traceparents::add);
            if (traceparents.size() > TRACES_KEPT) {
                traceparents.remove();
            }
        }
    }

    /** A customer tries to pay an intent. */
    public void pay(String intentId, Payment payment) {
        with(() -> api.intents.pay(intentId, payment));
    }

    /** Forgets all idempotency keys, as Stripe does after about a day. */
    public void forgetKeys() {
        with(() -> {
            keys.forgetAll();
            return null;
        });
    }

    /** Copies of all intents with these metadata, the newest first. */
    public List<ObjectNode> intents(Map<String, String> metadata) {
        return copies(books.intents, metadata);
    }

    /** Copies of all refunds with these metadata, the newest first. */
    public List<ObjectNode> refunds(Map<String, String> metadata) {
        return copies(books.refunds, metadata);
    }

    /** Copies of all customers with these metadata, the newest first. */
    public List<ObjectNode> customers(Map<String, String> metadata) {
        return copies(books.customers, metadata);
    }

    /** A copy of an intent. */
    public Optional<ObjectNode> intent(String id) {
        return with(() -> books.intents.find(id).map(ObjectNode::deepCopy));
    }

    /** Copies of the refunds of an intent, the newest first. */
    public List<ObjectNode> refundsOf(String intentId) {
        return with(() -> books.refunds
                .newestFirst()
                .filter(refund -> refund.path("payment_intent").asText().equals(intentId))
                .map(ObjectNode::deepCopy)
                .toList());
    }

    private List<ObjectNode> copies(Shelf shelf, Map<String, String> metadata) {
        return with(() -> shelf.newestFirst()
                .filter(object -> Books.bears(object, metadata))
                .map(ObjectNode::deepCopy)
                .toList());
    }

    private <T> T with(Supplier<T> action) {
        synchronized (books) {
            return action.get();
        }
    }

    /** Called by whoever holds the books. */
    private void happened(String type, ObjectNode object) {
        changes.incrementAndGet();
        webhooks.tell(type, object);
        if (type.equals("payment_intent.created")) {
            payLater(object.path("id").asText());
        }
    }

    private void payLater(String intentId) {
        settings.payAfter().ifPresent(delay -> {
            try {
                clockwork.schedule(() -> payByItself(intentId), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // It is paid after the next start.
            }
        });
    }

    private void payByItself(String intentId) {
        try {
            pay(intentId, Payment.PAID);
        } catch (Rejection paidOrCanceledMeanwhile) {
            LOG.debug("Nobody pays {}: {}", intentId, paidOrCanceledMeanwhile.getMessage());
        }
    }

    private void load(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            var saved = (ObjectNode) Shapes.JSON.readTree(file.toFile());
            with(() -> {
                books.load(saved);
                keys.load(saved.withArray("idempotency_keys"));
                webhooks.load(saved.withArray("events"));
                books.intents
                        .newestFirst()
                        .filter(intent -> Intents.status(intent).equals(Intents.NEEDS_METHOD))
                        .forEach(intent -> payLater(intent.path("id").asText()));
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no state of a simulator; remove it to begin anew", e);
        }
    }

    private synchronized void save(Path file) {
        long upTo = changes.get();
        if (upTo == savedChanges) {
            return;
        }
        var json = with(() -> {
            var state = books.saved();
            state.set("idempotency_keys", keys.saved());
            return state;
        });
        json.set("events", webhooks.saved());
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            var beside = file.resolveSibling(file.getFileName() + ".new");
            Shapes.JSON.writeValue(beside.toFile(), json);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            savedChanges = upTo;
        } catch (IOException e) {
            LOG.warn("The simulator's state is not saved in {}", file, e);
        }
    }

    /** Saves its state and stops. */
    @Override
    public void close() {
        http.stop();
        clockwork.shutdownNow();
        webhooks.close();
        settings.file().ifPresent(this::save);
    }
}
