package cloud.gyroscops.standalone.views;

import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.view.version.VersionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A version of the views as the cluster has it.
 *
 * @param role {@code live}, {@code building}, {@code leaving}, or {@code left over}, which the next command removes
 * @param members threads that work on it
 * @param behind offsets of what feeds it that it has not come to; ends of transactions count, too
 */
public record Status(int version, String role, int members, long behind) {

    /** All versions of an installation, in order. */
    public static List<Status> of(Installation installation) {
        try (var cluster = new VersionsInCluster(installation.kafka(), installation.topics())) {
            cluster.expectControl();
            var now = VersionControl.read(installation);
            var versions = new TreeSet<>(cluster.versions());
            versions.add(now.getLive());
            if (now.getBuilding() != null) {
                versions.add(now.getBuilding());
            }
            var all = new ArrayList<Status>();
            for (int version : versions) {
                var role = version == now.getLive()
                        ? "live"
                        : is(version, now.getBuilding())
                                ? "building"
                                : is(version, now.getLeaving()) ? "leaving" : "left over";
                var events = cluster.standing(version, cluster.endsOfEvents());
                var changes = cluster.standing(version, cluster.endsOfChanges(version));
                all.add(new Status(
                        version,
                        role,
                        cluster.members(version),
                        events.all() - events.applied() + changes.all() - changes.applied()));
            }
            return all;
        }
    }

    private static boolean is(int version, Integer other) {
        return other != null && version == other;
    }
}
