package cloud.gyroscops.standalone.system;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.keycloak.server.KeycloakDistribution;
import cloud.gyroscops.connectors.keycloak.server.KeycloakServer;
import cloud.gyroscops.connectors.sidecar.Sidecar;
import cloud.gyroscops.connectors.sidecar.Targets;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.Parts;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sidecar in this JVM, with what it mirrors to where nothing else is given: the sandbox. */
public final class Mirrors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);

    /** The administrator of a Keycloak of our own, which listens on this machine only. */
    private static final String ADMIN = "admin";

    /** How long a customer of the sandbox takes to pay. */
    private static final Duration PAYS_AFTER = Duration.ofSeconds(1);

    private final Parts parts = new Parts();
    private final Sidecar sidecar;
    private Optional<URI> keycloak;
    private Optional<StripeSimulator> simulator = Optional.empty();

    Mirrors(
            MirrorSettings settings,
            Path directory,
            Installation installation,
            Function<String, StreamsSettings> streams,
            PrometheusMeterRegistry meters) {
        try {
            var keycloakSettings = settings.ownKeycloak() ? Optional.of(startKeycloak(directory)) : settings.keycloak();
            keycloak = keycloakSettings.map(KeycloakSettings::url);
            var stripe = settings.stripe().isPresent() ? settings.stripe() : Optional.of(startSimulator(directory));
            var targets = new Targets(keycloakSettings, stripe, meters);
            sidecar = new Sidecar(installation, streams, settings.sidecar(), targets.all(), targets::webhooks, meters);
            parts.opened(sidecar, Sidecar::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private KeycloakSettings startKeycloak(Path directory) {
        try {
            var distribution = KeycloakDistribution.in(directory.resolve("keycloak"), LOG::info);
            var server = new KeycloakServer(
                    distribution, new KeycloakServer.Settings(directory.resolve("keycloak-data"), 0, ADMIN, ADMIN));
            parts.opened(server, KeycloakServer::close);
            server.start();
            return KeycloakSettings.of(server.url(), ADMIN, ADMIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak was started", e);
        }
    }

    private StripeSettings startSimulator(Path directory) {
        var started = StripeSimulator.start(SimulatorSettings.defaults()
                .keptIn(directory.resolve("stripe.json"))
                .payingAfter(PAYS_AFTER));
        parts.opened(started, StripeSimulator::close);
        simulator = Optional.of(started);
        return new StripeSettings(
                SimulatorSettings.API_KEY, URI.create(started.url()), List.of(SimulatorSettings.WEBHOOK_SECRET));
    }

    void onFailure(Runnable reaction) {
        sidecar.onFailure(reaction);
    }

    void start() {
        sidecar.start();
        simulator.ifPresent(started -> started.sendWebhooksTo(http().resolve("/webhooks/stripe")));
    }

    /** Where the sidecar serves HTTP. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + sidecar.port());
    }

    /** Where Keycloak is, if there is one. */
    public Optional<URI> keycloak() {
        return keycloak;
    }

    /** The simulator, unless Stripe itself is mirrored to. */
    public Optional<StripeSimulator> simulator() {
        return simulator;
    }

    public boolean ready() {
        return sidecar.ready();
    }

    @Override
    public void close() {
        parts.close();
    }
}
