package cloud.gyroscops.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has in memory.
 *
 * @param residentMiB all that is resident: heap, buffers of RocksDB, mapped files, threads
 * @param heapMiB what is left of the heap after a garbage collection
 */
public record Memory(long residentMiB, long heapMiB) {

    private static final String RESIDENT = "VmRSS:";

    private static final int ATTEMPTS = 3;

    /** Looks, and collects garbage after it. */
    public static Memory of(Child process) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return look(process);
            } catch (IOException e) {
                // On a machine that has stalled it may answer too late for whoever wants to look into it.
                if (attempt == ATTEMPTS || !process.alive()) {
                    throw e;
                }
            }
        }
    }

    private static Memory look(Child process) throws IOException {
        long resident = resident(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        try (var connector = Management.connect(process)) {
            var memory = ManagementFactory.newPlatformMXBeanProxy(
                    connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            memory.gc();
            return new Memory(resident, memory.getHeapMemoryUsage().getUsed() >> 20);
        }
    }

    /** In MiB, from what Linux says of a process. */
    static long resident(String status) {
        return status.lines()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) >> 10)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + RESIDENT + " in " + status));
    }
}
