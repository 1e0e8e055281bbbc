package cloud.gyroscops.benchmarks.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;

/** Waits until instances have copied each other's stores. */
public final class Standbys {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** A partition that is behind is read from, and says so, within this. */
    public static final Duration CALM = Duration.ofSeconds(5);

    private static final long PAUSE_MS = 250;

    private Standbys() {}

    /**
     * Returns once all members are in the group and no instance has read from a changelog for a while that it is behind.
     *
     * @param members stream threads of all instances
     * @param behind records that they may be behind nevertheless, all together: what comes while one looks
     * @param calm that while, longer than the pause between two looks
     */
    public static void await(
            Admin admin, String group, int members, Collection<Child> instances, double behind, Duration calm)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long calmSince = System.nanoTime();
        while (System.nanoTime() - calmSince < calm.toNanos()) {
            if (!complete(admin, group, members) || lag(instances) > behind) {
                calmSince = System.nanoTime();
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the standbys have not caught up within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private static boolean complete(Admin admin, String group, int members) throws InterruptedException {
        try {
            var described =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return described.groupState() == GroupState.STABLE
                    && described.members().size() == members;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the group " + group + " cannot be described", e);
        }
    }

    /** Records that the instances' stores are behind their changelogs, as far as they know. */
    private static double lag(Collection<Child> instances) throws IOException {
        double sum = 0;
        for (var instance : instances) {
            sum += lag(instance);
        }
        return sum;
    }

    private static double lag(Child instance) throws IOException {
        try (var connector = Management.connect(instance)) {
            var server = connector.getMBeanServerConnection();
            var partitions = server.queryNames(
                    new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,"
                            + "client-id=*restore-consumer*,topic=*,partition=*"),
                    null);
            double sum = 0;
            for (var partition : partitions) {
                if (server.getAttribute(partition, "records-lag") instanceof Double lag && lag > 0) {
                    sum += lag;
                }
            }
            return sum;
        } catch (JMException e) {
            // A partition that went while it was asked for: not calm.
            return 1;
        } catch (IOException e) {
            if (!instance.alive()) {
                throw e;
            }
            // On a machine that has stalled it may answer too late: nobody knows, and that is not calm, either.
            return Double.POSITIVE_INFINITY;
        }
    }
}
