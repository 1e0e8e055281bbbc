package cloud.gyroscops.query;

import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs the HTTP server and its views, with settings from the environment, until it is told to stop or gives up. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        var installation = Installation.from(environment);
        var api = new QueryApi(
                ApiSettings.from(environment),
                PeerSettings.from(environment),
                installation,
                StreamsSettings.from(environment, installation.kafka(), ViewTopology.APPLICATION),
                environment.text("GYROSCOPS_TOPIC_PREFIX", "") + CommandApplication.NAME,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Map.of(),
                Map.of());
        installation.prepare();
        var stopped = new CountDownLatch(1);
        api.onFailure(stopped::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(api::close, "stop"));
        api.start();
        stopped.await();
        System.exit(1);
    }
}
