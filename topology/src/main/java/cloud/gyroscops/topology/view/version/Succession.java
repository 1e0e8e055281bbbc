package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.contract.view.ViewVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which versions of the views one instance runs, and which of them answers: the live one, from when its part here is ready.
 * One that nobody is told to run any more stays for a while, since other instances may still ask for it. For one thread,
 * but for {@link #answering()}.
 */
final class Succession {

    /** What is done to versions. */
    interface Versions {

        /** Starts one beside the others; one that cannot be started is never ready. */
        void start(int version);

        /** Whether it answers all that falls to this instance, and is hardly behind. */
        boolean ready(int version);

        /** Stops one, and leaves nothing of it here. */
        void end(int version);
    }

    private final Versions versions;
    private final long stayNanos;
    private final Set<Integer> running = new TreeSet<>();
    private final Map<Integer, Long> unwantedSince = new HashMap<>();
    private volatile int answering;
    private ViewVersions wanted;

    /** Unwanted ones stay that long. */
    Succession(Versions versions, long stayNanos) {
        this.versions = versions;
        this.stayNanos = stayNanos;
    }

    /** The first one that answers is the live one, ready or not. */
    void begin(ViewVersions first) {
        answering = first.getLive();
        obey(first);
    }

    /** From now on, that holds. */
    void obey(ViewVersions next) {
        wanted = next;
        start(next.getLive());
        if (next.getBuilding() != null) {
            start(next.getBuilding());
        }
    }

    /** To be called again and again, with the time that it is. */
    void look(long nowNanos) {
        if (answering != wanted.getLive() && versions.ready(wanted.getLive())) {
            answering = wanted.getLive();
        }
        for (int version : Set.copyOf(running)) {
            if (version == answering || wanted(version)) {
                unwantedSince.remove(version);
            } else if (nowNanos - unwantedSince.computeIfAbsent(version, first -> nowNanos) >= stayNanos) {
                unwantedSince.remove(version);
                running.remove(version);
                versions.end(version);
            }
        }
    }

    /** The one that answers. */
    int answering() {
        return answering;
    }

    private boolean wanted(int version) {
        return version == wanted.getLive() || wanted.getBuilding() != null && version == wanted.getBuilding();
    }

    private void start(int version) {
        if (running.add(version)) {
            versions.start(version);
        }
    }
}
