package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewInstance;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.state.HostInfo;

/** Runs a {@link ViewSkeleton} with the views' settings, until it is told to stop or gives up. */
final class SkeletonMain {

    private SkeletonMain() {}

    /** What {@link #main} takes. */
    static List<String> arguments(Population population, Sizes sizes) {
        return List.of(
                Integer.toString(population.organizations()),
                Integer.toString(population.users()),
                Integer.toString(population.payments()),
                sizes.toString());
    }

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        var installation = Installation.from(environment);
        var population =
                new Population(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        var application = new StreamsApplication(
                new ViewSkeleton(installation.topics(), population, Sizes.parse(args[3])).topology(),
                StreamsSettings.from(environment, installation.kafka(), ViewSkeleton.APPLICATION),
                ViewInstance.settings(new HostInfo("127.0.0.1", 1), installation.topics()),
                new RegistryOutage());
        var stopped = new CountDownLatch(1);
        application.onFailure(stopped::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        application.start();
        stopped.await();
        System.exit(1);
    }
}
