package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.StreamsConfig;

/** The worker of one mirror as an application: its topology, and the threads on which its calls wait. */
public final class MirrorApplication implements AutoCloseable {

    /** How long calls that are under way have to end; what does not is done again by who comes next. */
    private static final long END_WITHIN_MS = 5_000;

    /** How long a thread of the worker waits for events at most before it looks after its calls. */
    private static final int POLL_MS = 10;

    private static final long MAX_IDLE_MS = 50L;

    /** Calls take as long: nobody would gain by more transactions. */
    private static final long COMMIT_MS = 50L;

    private final Target target;
    private final Gate gate;
    private final ExecutorService threads;
    private final StreamsApplication application;

    /** Ready to start. */
    public MirrorApplication(
            Installation installation,
            StreamsSettings streams,
            WorkerSettings settings,
            Target target,
            MeterRegistry meters) {
        this.target = new PreparedTarget(target);
        gate = new Gate(target.name(), settings);
        threads = threads(target, settings.callsAtATime());
        var outage = new RegistryOutage();
        var topology = new MirrorTopology(
                        installation.topics(),
                        installation.wire(),
                        outage,
                        this.target,
                        settings,
                        gate,
                        threads,
                        meters)
                .build();
        application = new StreamsApplication(topology, streams, settings(), outage);
        Gauge.builder("mirror_circuit_open", gate, open -> switch (open.circuit()
                        .getState()) {
                    case OPEN, FORCED_OPEN -> 1;
                    case HALF_OPEN -> 0.5;
                    default -> 0;
                })
                .description("Whether a target is left alone: 1; 0.5 while it is tried again")
                .tag("target", target.name().name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** Organizations' events are taken in before users' of the same time, where both are there. */
    private static Map<String, Object> settings() {
        return Map.of(
                StreamsConfig.POLL_MS_CONFIG, POLL_MS,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS,
                StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, MAX_IDLE_MS);
    }

    private static ExecutorService threads(Target target, int most) {
        var count = new AtomicInteger();
        var threads = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), run -> {
            var thread = new Thread(run, target.name().name().toLowerCase(Locale.ROOT) + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Has something run once it gives up; to be called before the start. */
    public void onFailure(Runnable reaction) {
        application.onFailure(reaction);
    }

    public void start() {
        application.start();
    }

    /** The target, set up before its first call. */
    public Target target() {
        return target;
    }

    /** The topology that runs. */
    public StreamsApplication streams() {
        return application;
    }

    /** Whether this instance, of all that run this mirror, works on the first partition: what one does, this one may. */
    public boolean worksOnTheFirstPartition() {
        return application.streams().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .anyMatch(task -> task.taskId().partition() == 0);
    }

    @Override
    public void close() {
        gate.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_WITHIN_MS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        application.close();
        target.close();
    }
}
