package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HandlingProbeTest {

    private static final int PARTITIONS = 3;

    private final CountDownLatch reachable = new CountDownLatch(1);
    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(PARTITIONS));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());

    /** As a producer does that knows no broker. */
    private final MockProducer<String, byte[]> waiting =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
                    try {
                        reachable.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return super.send(record, callback);
                }
            };

    @Test
    @Timeout(30)
    void whileTheBrokerIsAwayItSaysNoAndKeepsNobodyWaiting() {
        var follower = new ResultsTopic(wire).follower();
        try {
            var probe = new HandlingProbe(new CommandGateway(waiting, wire, topics, follower, null, null), PARTITIONS);
            assertThat(probe.handled()).isFalse();
            assertThat(probe.handled()).as("while the first one still waits").isFalse();
        } finally {
            reachable.countDown();
            follower.close();
        }
    }
}
