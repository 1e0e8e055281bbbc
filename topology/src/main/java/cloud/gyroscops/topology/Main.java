package cloud.gyroscops.topology;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.erasure.Eraser;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the command topology, and what erases beside it, with settings from the environment, until it is told to stop or gives up. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        var installation = Installation.from(environment);
        var streams = StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME);
        var settings = CommandSettings.from(environment);
        installation.prepare();
        var stopped = new CountDownLatch(1);
        var application = CommandApplication.of(installation, streams, settings, new SimpleMeterRegistry(), List.of());
        application.onFailure(stopped::countDown);
        var eraser =
                new Eraser(installation.kafka(), installation.topics(), installation.wire(), streams.applicationId());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            eraser.close();
                            application.close();
                        },
                        "stop"));
        application.start();
        eraser.start();
        stopped.await();
        System.exit(1);
    }
}
