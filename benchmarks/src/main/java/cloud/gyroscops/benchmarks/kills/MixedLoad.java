package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.streams.Installation;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes the mix at a steady rate, some of it on partitions where it does not belong, until it is stopped. */
final class MixedLoad implements AutoCloseable {

    private final Installation installation;
    private final KafkaProducer<String, byte[]> producer;
    private final Mix mix;
    private final Random random;
    private final long gapNanos;
    private final Thread thread = new Thread(this::run, "load");
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private volatile boolean stopping;
    private volatile Exception failure;
    private long acknowledged;

    MixedLoad(Installation installation, int perSecond, long seed) {
        this.installation = installation;
        mix = new Mix(seed);
        random = new Random(seed + 1);
        gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        producer = new KafkaProducer<>(
                installation.kafka().with(Map.of("acks", "all", "linger.ms", 1, "delivery.timeout.ms", 180_000)),
                new StringSerializer(),
                new ByteArraySerializer());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long due = System.nanoTime();
        while (!stopping) {
            send();
            due += gapNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void send() {
        var command = mix.next();
        var aggregate =
                Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
        Integer partition =
                random.nextInt(30) == 0 ? random.nextInt(installation.topics().partitions()) : null;
        var record = new ProducerRecord<>(
                installation.topics().commands(aggregate),
                partition,
                command.header().getAggregateId(),
                installation.wire().command(aggregate, command));
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure = e;
            } else {
                acknowledged(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset());
            }
        });
    }

    private synchronized void acknowledged(TopicPartition partition, long offset) {
        acknowledged++;
        ends.merge(partition, offset + 1, Math::max);
    }

    /** Where users' and payments' commands end now; organizations' are too rare to wait for. */
    synchronized Map<TopicPartition, Long> ends() {
        var frequent = new HashMap<>(ends);
        frequent.keySet()
                .removeIf(end -> end.topic().equals(installation.topics().commands(Aggregate.ORGANIZATIONS)));
        return frequent;
    }

    /** Sends no more, and waits for the brokers to have all; how many command records there are. */
    long stop() throws Exception {
        stopping = true;
        thread.join();
        producer.flush();
        if (failure != null) {
            throw new IllegalStateException("a command could not be published", failure);
        }
        synchronized (this) {
            return acknowledged;
        }
    }

    @Override
    public void close() {
        stopping = true;
        producer.close(java.time.Duration.ofSeconds(5));
    }
}
