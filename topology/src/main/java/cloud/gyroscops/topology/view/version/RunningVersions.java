package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.contract.view.ViewVersions;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.Peers;
import cloud.gyroscops.topology.view.Reading;
import cloud.gyroscops.topology.view.ViewInstance;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the views that this instance runs, by what the installation's control topic says: the one that answers and,
 * while one is built, that one too; and for a while the one that answered before.
 */
public final class RunningVersions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningVersions.class);

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final Installation installation;
    private final StreamsSettings family;
    private final HostInfo self;
    private final IntFunction<Peers> peers;
    private final BiFunction<Integer, ViewInstance, AutoCloseable> companions;
    private final Map<Integer, RunningVersion> running = new ConcurrentSkipListMap<>();
    private final Succession succession;
    private final Thread following = new Thread(this::follow, "views-versions");
    private Runnable onFailure = () -> {};
    private ControlTopic control;
    private volatile boolean closed;

    /**
     * Nothing runs yet.
     *
     * @param family how the applications run; the version is added to the name
     * @param self where the others reach this instance
     * @param peers the others, as far as they run a version
     * @param companions what lives as long as a version runs here
     * @param stay how long a version is kept that others may still ask for
     */
    public RunningVersions(
            Installation installation,
            StreamsSettings family,
            HostInfo self,
            IntFunction<Peers> peers,
            BiFunction<Integer, ViewInstance, AutoCloseable> companions,
            Duration stay) {
        this.installation = installation;
        this.family = family;
        this.self = self;
        this.peers = peers;
        this.companions = companions;
        succession = new Succession(new Here(), stay.toNanos());
        following.setDaemon(true);
    }

    /** Has something run once the version that answers gives up; to be called before the start. */
    public void onFailure(Runnable reaction) {
        onFailure = reaction;
    }

    /**
     * Starts what is to run.
     *
     * @throws IllegalStateException if nobody tells what that is
     */
    public void start() {
        control = ControlTopic.of(installation);
        try {
            begin(control.current(READ_WITHIN));
            following.start();
        } catch (RuntimeException e) {
            control.close();
            throw e;
        }
    }

    private void begin(ViewVersions first) {
        var wanted =
                first.getBuilding() == null ? List.of(first.getLive()) : List.of(first.getLive(), first.getBuilding());
        // What was left while this instance did not run.
        for (int version = 1; version <= first.getHighest(); version++) {
            if (!wanted.contains(version)) {
                StreamsApplication.removeState(settings(version));
            }
        }
        succession.begin(first);
    }

    /** Answers from the version that answers; a {@link Reading} that is bound to another one gets that one's. */
    public Views views() {
        return Views.of(this::answering, installation.topics().partitions(), installation.wire());
    }

    /**
     * Begins to read one version.
     *
     * @param version empty: the one that answers
     * @throws NoSuchVersionException if it does not run here
     */
    public Reading begin(OptionalInt version) {
        if (version.isEmpty()) {
            return Reading.begin(answering());
        }
        return Reading.begin(version(version.getAsInt())
                .orElseThrow(() -> new NoSuchVersionException("there is no version " + version.getAsInt()
                        + " of the views here; there are " + running.keySet() + ", and " + succession.answering()
                        + " answers")));
    }

    /** A version that runs here. */
    public Optional<ViewInstance> version(int version) {
        return Optional.ofNullable(running.get(version)).map(RunningVersion::views);
    }

    /** The consumer group of the version that answers. */
    public String group() {
        return settings(succession.answering()).applicationId();
    }

    /** Whether the version that answers has given up. */
    public boolean failed() {
        var answering = running.get(succession.answering());
        return answering != null && answering.failed();
    }

    /** Whether the version that answers is ready. */
    public boolean ready() {
        return answering().progress().ready();
    }

    /** All partitions of all versions that this instance has, or is to have. */
    public List<VersionProgress> progress() {
        int answering = succession.answering();
        return running.entrySet().stream()
                .flatMap(version -> version.getValue().views().progress().all().stream()
                        .map(partition ->
                                new VersionProgress(version.getKey(), version.getKey() == answering, partition)))
                .toList();
    }

    private ViewInstance answering() {
        return running.get(succession.answering()).views();
    }

    private StreamsSettings settings(int version) {
        return family.of(ViewTopology.application(family.applicationId(), version));
    }

    private void follow() {
        while (!closed) {
            look();
        }
        control.close();
    }

    private void look() {
        try {
            control.next(LOOK_EVERY).ifPresent(next -> {
                LOG.info("the versions of the views are {} now", next);
                succession.obey(next);
            });
            succession.look(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.warn("the versions of the views cannot be followed this time", e);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            following.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.values().forEach(RunningVersion::close);
    }

    /** The applications behind the numbers. */
    private final class Here implements Succession.Versions {

        @Override
        public void start(int version) {
            var opened = new RunningVersion(installation, settings(version), self, peers.apply(version));
            running.put(version, opened);
            try {
                opened.with(companions.apply(version, opened.views()));
                opened.start(() -> failed(version));
            } catch (RuntimeException e) {
                if (version == succession.answering()) {
                    throw e;
                }
                LOG.error("version {} of the views cannot be started here", version, e);
            }
        }

        private void failed(int version) {
            if (version == succession.answering()) {
                onFailure.run();
            } else {
                LOG.error(
                        "version {} of the views gave up, which does not answer; it is started again with the process",
                        version);
            }
        }

        @Override
        public boolean ready(int version) {
            return running.get(version).views().progress().ready();
        }

        @Override
        public void end(int version) {
            LOG.info("version {} of the views is left", version);
            running.remove(version).end();
        }
    }
}
