package cloud.gyroscops.connectors.stripe.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What a simulator is like.
 *
 * @param port 0: chosen by the system
 * @param apiKey what callers must bear
 * @param webhookSecret what webhooks are signed with
 * @param keysKept how long idempotency keys are remembered
 * @param searchLag how long it takes until a new object can be searched for
 * @param hang after how long a call that gets no answer is cut off
 * @param payAfter how long after its making an intent is paid, by itself; empty: never
 * @param file where its state is kept from one start to the next; empty: nowhere
 * @param seed of its chances
 */
public record SimulatorSettings(
        int port,
        String apiKey,
        String webhookSecret,
        Duration keysKept,
        Duration searchLag,
        Duration hang,
        Optional<Duration> payAfter,
        Optional<Path> file,
        long seed,
        Clock clock) {

    /** A key and a secret that nobody else knows are not needed: it moves no money. */
    public static final String API_KEY = "sk_test_simulator";

    /** What webhooks are signed with, unless told otherwise. */
    public static final String WEBHOOK_SECRET = "whsec_simulator";

    /** Checks the values. */
    public SimulatorSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the simulator's port is " + port + "; it must be from 0 to 65535");
        }
        if (apiKey.isBlank() || webhookSecret.isBlank()) {
            throw new IllegalArgumentException("the simulator's API key or webhook secret is blank; give both");
        }
        if (keysKept.isNegative() || searchLag.isNegative() || hang.isNegative()) {
            throw new IllegalArgumentException("the simulator's times are " + keysKept + " (keys), " + searchLag
                    + " (search) and " + hang + " (hang); none may be less than 0");
        }
        if (payAfter.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException(
                    "intents are paid after " + payAfter.get() + "; it must not be less than 0");
        }
    }

    /** As Stripe's test mode: keys for a day, search at once, nobody pays, nothing is kept. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                0,
                API_KEY,
                WEBHOOK_SECRET,
                Duration.ofHours(24),
                Duration.ZERO,
                Duration.ofSeconds(40),
                Optional.empty(),
                Optional.empty(),
                1,
                Clock.systemUTC());
    }

    public SimulatorSettings withPort(int other) {
        return new SimulatorSettings(
                other, apiKey, webhookSecret, keysKept, searchLag, hang, payAfter, file, seed, clock);
    }

    public SimulatorSettings withSearchLag(Duration other) {
        return new SimulatorSettings(port, apiKey, webhookSecret, keysKept, other, hang, payAfter, file, seed, clock);
    }

    public SimulatorSettings withHang(Duration other) {
        return new SimulatorSettings(
                port, apiKey, webhookSecret, keysKept, searchLag, other, payAfter, file, seed, clock);
    }

    public SimulatorSettings payingAfter(Duration delay) {
        return new SimulatorSettings(
                port, apiKey, webhookSecret, keysKept, searchLag, hang, Optional.of(delay), file, seed, clock);
    }

    public SimulatorSettings keptIn(Path path) {
        return new SimulatorSettings(
                port, apiKey, webhookSecret, keysKept, searchLag, hang, payAfter, Optional.of(path), seed, clock);
    }

    public SimulatorSettings withSeed(long other) {
        return new SimulatorSettings(
                port, apiKey, webhookSecret, keysKept, searchLag, hang, payAfter, file, other, clock);
    }

    public SimulatorSettings withClock(Clock other) {
        return new SimulatorSettings(
                port, apiKey, webhookSecret, keysKept, searchLag, hang, payAfter, file, seed, other);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SimulatorSettings[port=" + port + ", keysKept=" + keysKept + ", payAfter=" + payAfter + ", file=" + file
                + ", seed=" + seed + "]";
    }
}
