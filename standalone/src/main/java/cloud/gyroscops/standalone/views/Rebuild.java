package cloud.gyroscops.standalone.views;

import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.view.version.VersionControl;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Has the next version of the views built beside the live one, compares the two, lets the next one take over, and removes what
 * was left. Each step is written down in the cluster before it is made: whoever is interrupted goes on where the last one was.
 */
public final class Rebuild {

    /** Whoever has all of what there was so short a time ago is hardly behind. */
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(5);

    private static final Duration LEFT_WITHIN = Duration.ofMinutes(5);
    private static final Duration NOBODY_FOR = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Installation installation;
    private final String by;
    private final Optional<Answers> answers;
    private final Telling telling;

    /** Told of what happens. */
    public interface Telling {

        /** A step is done, or begins. */
        void say(String what);

        /** How far a version has come, in offsets. */
        void at(long applied, long all);
    }

    /**
     * Nothing happens yet.
     *
     * @param by who it is that wants it
     * @param answers to compare versions by; empty: they are not compared
     */
    public Rebuild(Installation installation, String by, Optional<Answers> answers, Telling telling) {
        this.installation = installation;
        this.by = by;
        this.answers = answers;
        this.telling = telling;
    }

    /**
     * Builds, compares, takes over, and cleans up.
     *
     * @throws IllegalStateException that says what is wrong, and what to do
     */
    public void run() throws InterruptedException {
        try (var cluster = new VersionsInCluster(installation.kafka(), installation.topics())) {
            cluster.expectControl();
            try (var control = VersionControl.open(installation, by)) {
                if (finish(cluster, control)) {
                    return;
                }
                int next = next(cluster, control);
                awaitCaughtUp(cluster, next);
                int live = control.current().getLive();
                if (answers.isPresent()) {
                    compare(new Comparison(answers.get(), live, next, PAUSE), next);
                }
                control.takeOver();
                telling.say("Version " + next + " of the views takes over.");
                remove(cluster, control);
                telling.say("Version " + next + " of the views answers; nothing is left of version " + live + ".");
            }
        }
    }

    /** Gives up what is being built, and cleans up. */
    public void abandon() throws InterruptedException {
        try (var cluster = new VersionsInCluster(installation.kafka(), installation.topics())) {
            cluster.expectControl();
            try (var control = VersionControl.open(installation, by)) {
                finish(cluster, control);
                var building = control.current().getBuilding();
                if (building == null) {
                    telling.say("No version of the views is being built.");
                    return;
                }
                control.abandon();
                remove(cluster, control);
                telling.say("Nothing is left of version " + building + " of the views; version "
                        + control.current().getLive() + " goes on answering.");
            }
        }
    }

    /** Cleans up after one that was interrupted doing so. Whether that one had come to its end otherwise. */
    private boolean finish(VersionsInCluster cluster, VersionControl control) throws InterruptedException {
        var leaving = control.current().getLeaving();
        if (leaving == null) {
            return false;
        }
        telling.say("Version " + leaving + " of the views was left, and is removed.");
        remove(cluster, control);
        var live = control.current().getLive();
        boolean tookOver = leaving < live && control.current().getBuilding() == null;
        if (tookOver) {
            telling.say("Version " + live + " of the views answers. To build another one, run it again.");
        }
        return tookOver;
    }

    private int next(VersionsInCluster cluster, VersionControl control) {
        boolean begun = control.current().getBuilding() != null;
        if (!begun) {
            var there = cluster.versions();
            control.build(there.isEmpty() ? 0 : there.last());
        }
        var now = control.current();
        telling.say("Version " + now.getBuilding() + " of the views is built " + (begun ? "already, " : "")
                + "beside version " + now.getLive() + ", which goes on answering.");
        return now.getBuilding();
    }

    private void awaitCaughtUp(VersionsInCluster cluster, int version) throws InterruptedException {
        long began;
        do {
            began = System.nanoTime();
            await(cluster, version, cluster::endsOfEvents);
            await(cluster, version, () -> cluster.endsOfChanges(version));
        } while (System.nanoTime() - began > CAUGHT_UP_WITHIN.toNanos());
    }

    /** Until all is applied that there was when it was asked first; of topics that are not there yet, once they are. */
    private void await(VersionsInCluster cluster, int version, Supplier<Map<TopicPartition, Long>> asked)
            throws InterruptedException {
        var ends = asked.get();
        long worked = System.nanoTime();
        while (true) {
            ends = ends.isEmpty() ? asked.get() : ends;
            var standing = cluster.standing(version, ends);
            telling.at(standing.applied(), standing.all());
            if (!ends.isEmpty() && standing.reached()) {
                return;
            }
            worked = cluster.members(version) > 0 ? System.nanoTime() : worked;
            if (System.nanoTime() - worked > NOBODY_FOR.toNanos()) {
                throw new IllegalStateException("nobody has worked on version " + version + " of the views for "
                        + NOBODY_FOR.toSeconds() + " s; is the system running? Run it again to go on");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void compare(Comparison comparison, int next) throws InterruptedException {
        var found = comparison.run();
        if (!found.different().isEmpty()) {
            throw new IllegalStateException("version " + next + " of the views answers otherwise:\n"
                    + String.join(
                            "\n",
                            found.different()
                                    .subList(0, Math.min(3, found.different().size()))) + "\n"
                    + found.different().size() + " of "
                    + (found.same() + found.different().size())
                    + " answers differ. If they are as they should be, run it again with --no-compare; else: gyroscops views"
                    + " abandon");
        }
        telling.say(found.same() + " answers of both versions are the same"
                + (found.unsettled() == 0 ? "." : "; " + found.unsettled() + " changed too often to be compared."));
    }

    /** Removes the version that is left, once nobody works on it, and whatever else belongs to none that is wanted. */
    private void remove(VersionsInCluster cluster, VersionControl control) throws InterruptedException {
        int leaving = control.current().getLeaving();
        long until = System.nanoTime() + LEFT_WITHIN.toNanos();
        while (cluster.members(leaving) > 0) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("instances still work on version " + leaving + " of the views after "
                        + LEFT_WITHIN.toMinutes() + " minutes; do all of them see version "
                        + control.current().getLive() + "? Run it again to go on");
            }
            Thread.sleep(PAUSE.toMillis());
        }
        cluster.remove(leaving);
        for (int version : cluster.versions()) {
            boolean wanted = version == control.current().getLive()
                    || Objects.equals(version, control.current().getBuilding());
            // An instance that was away while it was left has begun it again.
            if (!wanted && cluster.members(version) == 0) {
                cluster.remove(version);
            }
        }
        control.left();
    }
}
