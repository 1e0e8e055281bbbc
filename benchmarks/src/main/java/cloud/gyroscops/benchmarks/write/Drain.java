package cloud.gyroscops.benchmarks.write;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * How long an application takes for all that waits for it, by its committed offsets: from the first commit on, so that
 * its start does not count.
 *
 * @param perSecond commands committed per second
 * @param cpuMicros processor time of the whole process, broker included, per command
 */
record Drain(double perSecond, double cpuMicros) {

    private static final long PAUSE_NANOS = 10_000_000;

    /** A look at how many are committed. */
    @FunctionalInterface
    interface Committed {
        long now() throws ExecutionException, InterruptedException;
    }

    static Drain await(Admin admin, String group, String topic, long commands)
            throws ExecutionException, InterruptedException {
        return await(
                () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                        .mapToLong(entry -> entry.getValue().offset())
                        .sum(),
                commands);
    }

    /** If the first look that sees any sees all, there is nothing after it: they count from the last look that saw none. */
    static Drain await(Committed committed, long commands) throws ExecutionException, InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long first = 0;
        long began = System.nanoTime();
        long cpuBegan = system.getProcessCpuTime();
        while (true) {
            long done = committed.now();
            long now = System.nanoTime();
            if (first == 0 && done < commands) {
                first = done;
                began = now;
                cpuBegan = system.getProcessCpuTime();
            }
            if (done >= commands) {
                double counted = commands - first;
                return new Drain(
                        counted * 1e9 / (now - began), (system.getProcessCpuTime() - cpuBegan) / 1e3 / counted);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
