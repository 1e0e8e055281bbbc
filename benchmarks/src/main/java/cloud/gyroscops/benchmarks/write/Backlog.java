package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsApplication;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/** Lets one running topology work off what lies in wait for it, kind by kind. */
final class Backlog implements AutoCloseable {

    private final Installation installation;
    private final StreamsApplication application;
    private final Results results;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Backlog(Bench bench, Installation installation, StreamsApplication application) {
        this.installation = installation;
        this.application = application;
        results = new Results(bench, installation);
        producer = bench.producer(20);
    }

    /**
     * Has commands wait while the topology pauses, and measures until the last one's result is committed.
     *
     * @param batch what ids begin with; used once
     * @param user whom the payment with a number names
     */
    Drain drain(Kind kind, String batch, int commands, IntFunction<String> user) {
        application.streams().pause();
        for (int i = 0; i < commands; i++) {
            send(kind.command(installation, batch + "-" + i, user.apply(i)));
        }
        flush();
        long began = System.nanoTime();
        long cpuBegan = system.getProcessCpuTime();
        application.streams().resume();
        var values = results.await("c-" + batch + "-", commands, id -> {});
        var drain = new Drain(
                commands * 1e9 / (System.nanoTime() - began), (system.getProcessCpuTime() - cpuBegan) / 1e3 / commands);
        results.accepted(batch, values);
        return drain;
    }

    /** Names users to every partition of payments, so that all of them remember them. */
    void remind(String batch, List<String> users, int partitions) {
        int sent = 0;
        for (var user : users) {
            var reminded = new HashSet<Integer>();
            for (int i = 0; reminded.size() < partitions; i++) {
                var id = batch + "-" + user + "-" + i;
                if (reminded.add(Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % partitions)) {
                    send(Kind.REMEMBERED.command(installation, id, user));
                    sent++;
                }
            }
        }
        flush();
        results.accepted(batch, results.await("c-" + batch + "-", sent, id -> {}));
    }

    private void send(ProducerRecord<String, byte[]> command) {
        producer.send(command, (metadata, e) -> {
            if (e != null) {
                failure.set(e);
            }
        });
    }

    private void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the commands could not be preloaded", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
        results.close();
    }
}
