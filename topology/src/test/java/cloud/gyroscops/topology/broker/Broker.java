package cloud.gyroscops.topology.broker;

import java.util.Map;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** One Kafka broker in this JVM, on a port of its own, with the settings that a single node needs. */
final class Broker implements AutoCloseable {

    private static final Map<String, String> SINGLE_NODE = Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            // Until all threads of an instance have joined.
            "group.initial.rebalance.delay.ms", "300",
            "group.min.session.timeout.ms", "1000",
            "log.cleaner.dedupe.buffer.size", "8388608",
            // The cleaner looks for work that often.
            "log.cleaner.backoff.ms", "100");

    private final KafkaClusterTestKit kit;

    Broker() throws Exception {
        var nodes = new TestKitNodes.Builder()
                .setCombined(true)
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .build();
        var builder = new KafkaClusterTestKit.Builder(nodes);
        SINGLE_NODE.forEach(builder::setConfigProp);
        kit = builder.build();
        kit.format();
        kit.startup();
        kit.waitForReadyBrokers();
    }

    String bootstrapServers() {
        return kit.bootstrapServers();
    }

    /** Stops it and starts it again, with its data, on the same port. */
    void restart() throws Exception {
        var broker = kit.brokers().values().iterator().next();
        broker.shutdown();
        broker.awaitShutdown();
        broker.startup();
        kit.waitForReadyBrokers();
    }

    @Override
    public void close() {
        try {
            kit.close();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop", e);
        }
    }
}
