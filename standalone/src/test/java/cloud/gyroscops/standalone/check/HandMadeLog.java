package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.SchemaRegistry;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Topics in memory, whose records can be put, taken out and put behind the ends as a test likes. */
final class HandMadeLog implements Log {

    static final int PARTITIONS = 3;
    static final String APPLICATION = "app";

    final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(PARTITIONS));

    private final Map<String, List<List<ConsumerRecord<byte[], byte[]>>>> records = new HashMap<>();
    private final Map<String, long[]> next = new HashMap<>();
    private final Map<String, long[]> begins = new HashMap<>();
    private final Map<String, Long> expired = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<String, Map<Integer, Long>> handled = new HashMap<>();
    private final Set<String> deletedOnceRead = new HashSet<>();
    private final Set<Span> read = new HashSet<>();
    private final Set<Span> readAgain = new HashSet<>();
    private final List<ConsumerRecord<byte[], byte[]>> later = new ArrayList<>();
    private boolean fixed;
    private boolean attended = true;

    HandMadeLog() {
        topics.all().forEach(topic -> add(topic.name()));
        for (var aggregate : Aggregate.values()) {
            add(new Changelogs(APPLICATION).states(aggregate));
            add(new Changelogs(APPLICATION).parked(aggregate));
        }
        add(new Changelogs(APPLICATION).claims());
    }

    private void add(String topic) {
        records.put(
                topic,
                IntStream.range(0, PARTITIONS)
                        .mapToObj(partition ->
                                (List<ConsumerRecord<byte[], byte[]>>) new ArrayList<ConsumerRecord<byte[], byte[]>>())
                        .toList());
        next.put(topic, new long[PARTITIONS]);
        begins.put(topic, new long[PARTITIONS]);
    }

    Place put(String topic, int partition, String key, byte[] value, long time, Headers headers) {
        long offset = next.get(topic)[partition]++;
        var record = new ConsumerRecord<>(
                topic,
                partition,
                offset,
                time,
                TimestampType.CREATE_TIME,
                key.length(),
                value == null ? -1 : value.length,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Optional.<Integer>empty());
        (fixed ? later : records.get(topic).get(partition)).add(record);
        return Place.of(record);
    }

    Place put(String topic, int partition, String key, byte[] value, long time) {
        return put(topic, partition, key, value, time, new RecordHeaders());
    }

    /** What is put from now on is behind the ends. */
    void fixEnds() {
        fixed = true;
    }

    ConsumerRecord<byte[], byte[]> at(Place place) {
        return records.get(place.topic()).get(place.partition()).stream()
                .filter(record -> record.offset() == place.offset())
                .findFirst()
                .orElseThrow();
    }

    void remove(Place place) {
        records.get(place.topic()).get(place.partition()).remove(at(place));
    }

    /** As retention does. */
    void removeAll(String topic) {
        records.get(topic).forEach(List::clear);
        begins.put(topic, next.get(topic).clone());
    }

    /** As an erasure does, between the first time that a topic is read and the second one. */
    void deleteOnceRead(String topic) {
        deletedOnceRead.add(topic);
    }

    /** From here on, the topology has handled nothing of the partition. */
    void notHandledFrom(Place place) {
        handled.computeIfAbsent(place.topic(), topic -> new HashMap<>()).put(place.partition(), place.offset());
    }

    /** The topology does not run. */
    void leave() {
        attended = false;
    }

    void expireUpTo(String topic, long time) {
        expired.put(topic, time);
    }

    void repartition(String topic, int count) {
        partitions.put(topic, count);
    }

    void removeTopic(String topic) {
        records.remove(topic);
    }

    @Override
    public List<Span> spans(String topic) {
        if (!records.containsKey(topic)) {
            return List.of();
        }
        return IntStream.range(0, partitions.getOrDefault(topic, PARTITIONS))
                .mapToObj(partition -> new Span(
                        topic,
                        partition,
                        begins.get(topic)[partition],
                        next.get(topic)[partition],
                        next.get(topic)[partition]))
                .toList();
    }

    @Override
    public long beginsNow(Span span) {
        return readAgain.contains(span) && deletedOnceRead.contains(span.topic()) ? span.end() : span.begin();
    }

    @Override
    public long expired(String topic) {
        return expired.getOrDefault(topic, Long.MIN_VALUE);
    }

    @Override
    public long handled(Span span) {
        return handled.getOrDefault(span.topic(), Map.of()).getOrDefault(span.partition(), span.end());
    }

    @Override
    public boolean attended() {
        return attended;
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> read(Span span) {
        if (!read.add(span)) {
            readAgain.add(span);
        }
        return records.get(span.topic()).get(span.partition()).stream()
                .filter(record -> record.offset() >= beginsNow(span) && record.offset() < span.end())
                .toList()
                .iterator();
    }

    @Override
    public void follow(
            Collection<Span> spans,
            Duration atMost,
            BooleanSupplier enough,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        for (var record : later) {
            if (enough.getAsBoolean()) {
                return;
            }
            reader.accept(record);
        }
    }

    /** Ids in the order of registration. */
    static final class Schemas implements SchemaRegistry {

        private final List<Schema> schemas = new ArrayList<>();
        private final Map<Schema, Integer> ids = new HashMap<>();

        @Override
        public int register(String subject, Schema schema) {
            return ids.computeIfAbsent(schema, unknown -> {
                schemas.add(schema);
                return schemas.size() - 1;
            });
        }

        @Override
        public Schema byId(int id) {
            return schemas.get(id);
        }
    }
}
