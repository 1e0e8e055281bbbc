package cloud.gyroscops.benchmarks.restore;

import cloud.gyroscops.benchmarks.write.Bench;
import cloud.gyroscops.benchmarks.write.Kind;
import cloud.gyroscops.benchmarks.write.Results;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.Installation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.Producer;

/** Sends commands and awaits their results. */
final class Traffic implements AutoCloseable {

    /** So many wait at once: enough to keep the topology busy, and few enough to keep in memory. */
    private static final int BATCH = 50_000;

    /** What was loaded; users also need the partitions of their claims. */
    private static final List<Kind> PROBED = List.of(Kind.PLAIN, Kind.USER);

    private final Installation installation;
    private final Results results;
    private final Producer<String, byte[]> producer;
    private final Producer<String, byte[]> prober;
    private int probes;

    Traffic(Bench bench, Installation installation) {
        this.installation = installation;
        results = new Results(bench, installation);
        producer = bench.producer(20);
        prober = bench.producer(0);
    }

    /** Has the topology create this many. */
    void load(Kind kind, int count, IntConsumer progress) {
        for (int done = 0; done < count; done += BATCH) {
            int size = Math.min(BATCH, count - done);
            var batch = kind + "-" + done;
            for (int i = 0; i < size; i++) {
                producer.send(kind.command(installation, batch + "-" + i, null));
            }
            producer.flush();
            results.accepted(batch, results.await("c-" + batch + "-", size, id -> {}));
            progress.accept(done + size);
        }
    }

    /**
     * Sends a payment and a user to every partition and awaits all results.
     *
     * @return when they came, {@link System#nanoTime()}, in order
     */
    List<Long> probe() {
        var batch = "probe-" + probes++;
        int sent = 0;
        for (var kind : PROBED) {
            sent += probe(kind, batch + "-" + kind);
        }
        var times = new ArrayList<Long>();
        results.accepted(batch, results.await("c-" + batch + "-", sent, id -> times.add(System.nanoTime())));
        return times;
    }

    /** One to every partition; how many that is. */
    private int probe(Kind kind, String prefix) {
        int partitions = installation.topics().partitions();
        var reached = new HashSet<Integer>();
        for (int i = 0; reached.size() < partitions; i++) {
            var id = prefix + "-" + i;
            if (reached.add(EventPartitioner.partition(id, partitions))) {
                prober.send(kind.command(installation, id, null));
            }
        }
        return partitions;
    }

    @Override
    public void close() {
        producer.close();
        prober.close();
        results.close();
    }
}
