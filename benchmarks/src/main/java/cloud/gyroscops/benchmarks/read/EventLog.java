package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.write.Bench;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.command.CloudEventHeaders;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.Installation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes everybody's events to the event log, as the command topology does, but without commands. */
final class EventLog {

    private static final int LINGER_MS = 20;
    private static final int TELL_EVERY = 20_000;

    private final Installation installation;
    private final PrintWriter out;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long events;

    private EventLog(Installation installation, PrintWriter out) {
        this.installation = installation;
        this.out = out;
    }

    /** How many events there are now. */
    static long fill(Bench bench, Installation installation, Population population, PrintWriter out) {
        var log = new EventLog(installation, out);
        var lives = new Lives(population);
        try (var producer = bench.producer(LINGER_MS)) {
            log.write(producer, Aggregate.ORGANIZATIONS, population.organizations(), lives::ofOrganization);
            log.write(producer, Aggregate.USERS, population.users(), lives::ofUser);
            log.write(producer, Aggregate.PAYMENTS, population.payments(), lives::ofPayment);
        }
        if (log.failure.get() != null) {
            throw new IllegalStateException("not all events could be written", log.failure.get());
        }
        return log.events;
    }

    private void write(
            Producer<String, byte[]> producer, Aggregate aggregate, int count, IntFunction<List<EventMessage>> lives) {
        for (int number = 0; number < count; number++) {
            for (var event : lives.apply(number)) {
                producer.send(record(aggregate, event), (sent, e) -> {
                    if (e != null) {
                        failure.set(e);
                    }
                });
                events++;
            }
            if ((number + 1) % TELL_EVERY == 0 || number + 1 == count) {
                out.printf(Locale.ROOT, "\r%s %,d of %,d", aggregate.plural(), number + 1, count);
                out.flush();
            }
        }
        producer.flush();
        out.println();
    }

    private ProducerRecord<String, byte[]> record(Aggregate aggregate, EventMessage event) {
        var header = event.header();
        return new ProducerRecord<>(
                installation.topics().events(aggregate),
                EventPartitioner.partition(
                        header.getAggregateId(), installation.topics().partitions()),
                header.getOccurredAt().toEpochMilli(),
                EventKey.of(header.getAggregateId(), header.getVersion()),
                installation.wire().event(aggregate, event),
                CloudEventHeaders.of(aggregate, event));
    }
}
