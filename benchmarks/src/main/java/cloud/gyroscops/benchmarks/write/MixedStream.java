package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.topology.streams.Installation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Commands of all kinds in turn, at a fixed rate altogether: from the moment each should be sent to the moment its committed
 * result is read. A late sender is part of the latency: no coordinated omission.
 */
final class MixedStream {

    private static final String BATCH = "stream";

    private final Bench bench;
    private final Installation installation;
    private final List<Kind> kinds;
    private final Map<Kind, IntFunction<String>> users;

    /**
     * A stream that was not sent yet.
     *
     * @param users whom the payment with a number, counted by kind, names
     */
    MixedStream(Bench bench, Installation installation, List<Kind> kinds, Map<Kind, IntFunction<String>> users) {
        this.bench = bench;
        this.installation = installation;
        this.kinds = kinds;
        this.users = users;
    }

    /** Microseconds by kind; what is due in the warm-up does not count. */
    Map<Kind, Histogram> measure(int perSecond, int warmUpSeconds, int seconds) throws InterruptedException {
        int skipped = warmUpSeconds * perSecond;
        long[] due = new long[skipped + seconds * perSecond];
        var histograms = new EnumMap<Kind, Histogram>(Kind.class);
        kinds.forEach(kind -> histograms.put(kind, new Histogram(TimeUnit.MINUTES.toMicros(5), 3)));
        var prefix = "c-" + BATCH + "-";
        try (var results = new Results(bench, installation)) {
            var sender = new Thread(() -> send(due, TimeUnit.SECONDS.toNanos(1) / perSecond), "sender");
            sender.setDaemon(true);
            sender.start();
            var values = results.await(prefix, due.length, id -> {
                int number = Integer.parseInt(id.substring(prefix.length()));
                if (number >= skipped) {
                    histograms
                            .get(kind(number))
                            .recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due[number]));
                }
            });
            sender.join();
            results.accepted(prefix, values);
        }
        return histograms;
    }

    private void send(long[] due, long gap) {
        try (var producer = bench.producer(0)) {
            long start = System.nanoTime();
            for (int i = 0; i < due.length; i++) {
                due[i] = start + i * gap;
                var command = command(i);
                for (long left = due[i] - System.nanoTime(); left > 0; left = due[i] - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                producer.send(command);
            }
        }
    }

    private ProducerRecord<String, byte[]> command(int number) {
        var kind = kind(number);
        var user = users.getOrDefault(kind, i -> null).apply(number / kinds.size());
        return kind.command(installation, BATCH + "-" + number, user);
    }

    private Kind kind(int number) {
        return kinds.get(number % kinds.size());
    }
}
