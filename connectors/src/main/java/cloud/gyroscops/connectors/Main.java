package cloud.gyroscops.connectors;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.sidecar.Sidecar;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.sidecar.Targets;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs the sidecar, with settings from the environment, until it is told to stop or gives up. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        var settings = SidecarSettings.from(environment);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var targets = new Targets(
                KeycloakSettings.given(environment)
                        ? Optional.of(KeycloakSettings.from(environment))
                        : Optional.empty(),
                StripeSettings.from(environment),
                meters);
        if (targets.all().isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nothing to mirror to; set KEYCLOAK_URL, or STRIPE_API_KEY, or both");
        }
        var installation = Installation.from(environment);
        var sidecar = new Sidecar(
                installation,
                application -> StreamsSettings.from(environment, installation.kafka(), application),
                settings,
                targets.all(),
                targets::webhooks,
                meters);
        installation.prepare();
        var stopped = new CountDownLatch(1);
        sidecar.onFailure(stopped::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(sidecar::close, "stop"));
        try {
            sidecar.start();
            stopped.await();
        } finally {
            // Other threads would keep alive what serves nobody.
            System.exit(1);
        }
    }
}
