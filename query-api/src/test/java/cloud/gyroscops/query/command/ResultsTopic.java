package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The results as a consumer in the test's hand sees them: one partition that already holds some when it begins. */
final class ResultsTopic {

    static final long END = 40;

    private static final String NAME = "command.results";
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

    final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    private final Wire wire;
    private long next = END;

    ResultsTopic(Wire wire) {
        this.wire = wire;
        var node = new Node(1, "none", 9092);
        consumer.updatePartitions(
                NAME, List.of(new PartitionInfo(NAME, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, END));
    }

    ResultsFollower follower() {
        return new ResultsFollower(consumer, wire, NAME);
    }

    /** Adds a result of the record that stood there. */
    void add(CommandResult result, Source source) {
        add(result.getCommandId(), wire.result(result), source);
    }

    void add(String key, byte[] value, Source source) {
        var headers = new RecordHeaders();
        headers.add("command-topic", bytes(source.topic()));
        headers.add("command-partition", bytes(Integer.toString(source.partition())));
        headers.add("command-offset", bytes(Long.toString(source.offset())));
        consumer.addRecord(new ConsumerRecord<>(
                NAME, 0, next++, 0L, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
