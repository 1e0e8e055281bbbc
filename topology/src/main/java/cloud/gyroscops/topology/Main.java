package cloud.gyroscops.topology;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.erasure.Eraser;
import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.health.HealthServer;
import cloud.gyroscops.topology.health.HealthSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs the command topology, and what erases beside it, with settings from the environment, until it is told to stop or gives up. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        var installation = Installation.from(environment);
        var streams = StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME);
        var settings = CommandSettings.from(environment);
        var healthSettings = HealthSettings.from(environment);
        installation.prepare();
        var stopped = new CountDownLatch(1);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var application = CommandApplication.of(installation, streams, settings, meters, List.of());
        application.onFailure(stopped::countDown);
        var eraser =
                new Eraser(installation.kafka(), installation.topics(), installation.wire(), streams.applicationId());
        var health = new HealthServer(
                healthSettings,
                new Health(Map.of("commands", () -> !application.failed()), Map.of("commands", application::running)),
                meters);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            eraser.close();
                            application.close();
                            health.close();
                        },
                        "stop"));
        health.start();
        try {
            application.start();
            eraser.start();
        } catch (RuntimeException e) {
            // Who answers still would keep the process from ending.
            health.close();
            throw e;
        }
        stopped.await();
        System.exit(1);
    }
}
