package cloud.gyroscops.standalone.system;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What is committed in an installation's topics. */
record Reading(Installation installation) {

    /** All results of records at these places, as soon as each has one. */
    Map<Source, List<CommandResult>> awaitResults(Collection<Source> places) {
        var results = new HashMap<Source, List<CommandResult>>();
        try (var consumer = consumer(installation.topics().results())) {
            Awaitility.await("results of " + places.size() + " records")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> add(results, record));
                        return results.keySet().containsAll(places);
                    });
            // Should there be any second ones, they are committed by now.
            all(consumer).forEach(record -> add(results, record));
        }
        return results;
    }

    private void add(Map<Source, List<CommandResult>> results, ConsumerRecord<String, byte[]> record) {
        results.computeIfAbsent(Source.read(record.headers()), place -> new ArrayList<>())
                .add(installation.wire().result(record.value()));
    }

    /** The events of each aggregate, in the order of the log. */
    Map<String, List<SpecificRecord>> events(Aggregate aggregate) {
        var events = new HashMap<String, List<SpecificRecord>>();
        try (var consumer = consumer(installation.topics().events(aggregate))) {
            for (var record : all(consumer)) {
                var event = installation.wire().event(aggregate, record.value());
                events.computeIfAbsent(event.header().getAggregateId(), id -> new ArrayList<>())
                        .add(event.payload());
            }
        }
        return events;
    }

    /** All that comes up to the end as it is now. */
    List<ConsumerRecord<String, byte[]>> all(KafkaConsumer<String, byte[]> consumer) {
        var ends = ends(consumer.assignment());
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        Awaitility.await("the end of the topic")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                });
        return records;
    }

    /**
     * Behind all that is written: of a transaction that is seen to be committed in another topic, the records are here,
     * but not yet always the commit.
     */
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try (var consumer = client("read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    /** Reads all partitions from their beginning. */
    KafkaConsumer<String, byte[]> consumer(String topic) {
        var consumer = client("read_committed");
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private KafkaConsumer<String, byte[]> client(String isolation) {
        return new KafkaConsumer<>(
                installation.kafka().with(Map.of("isolation.level", isolation, "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
