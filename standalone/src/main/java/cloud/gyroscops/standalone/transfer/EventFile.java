package cloud.gyroscops.standalone.transfer;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * The events of one partition in an Avro object container file, {@code users.events-3.avro}. Its metadata say which
 * partition of which topic they are of.
 */
final class EventFile {

    private static final String TOPIC = "gyroscops.topic";
    private static final String TOPIC_ID = "gyroscops.topic.id";
    private static final String PARTITION = "gyroscops.partition";
    private static final String PARTITIONS = "gyroscops.partitions";
    private static final int DEFLATE_LEVEL = 6;

    private final Path path;
    private final Aggregate aggregate;
    private final Schema schema;

    /** The file of a partition, whether it is there or not. */
    EventFile(Path directory, Aggregate aggregate, int partition) {
        this.path = directory.resolve(aggregate.plural() + ".events-" + partition + ".avro");
        this.aggregate = aggregate;
        this.schema = ExportedEvent.schema(aggregate);
    }

    /**
     * The partition that a file is of.
     *
     * @param topic with its prefix
     * @param topicId of the topic, which another topic of that name has not
     * @param partition there
     * @param partitions of the topic
     */
    record Origin(String topic, String topicId, int partition, int partitions) {}

    /**
     * How far a file goes.
     *
     * @param events in it
     * @param nextOffset the first that is not in it; 0: it is empty
     * @param bytes up to the end of the last whole block
     * @param erasedRemain whether it holds events of users that it says were erased
     */
    record Extent(long events, long nextOffset, long bytes, boolean erasedRemain) {}

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    Origin origin() {
        try (var reader = open()) {
            return new Origin(
                    reader.getMetaString(TOPIC),
                    reader.getMetaString(TOPIC_ID),
                    Math.toIntExact(reader.getMetaLong(PARTITION)),
                    Math.toIntExact(reader.getMetaLong(PARTITIONS)));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is no file of exported events", e);
        } catch (NumberFormatException | NullPointerException e) {
            throw new IllegalStateException(path + " is no file of exported events", e);
        }
    }

    /** Whether it was begun, and killed before as much as its head was written. */
    boolean hasNoHead() {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var begin = new byte[(int) Math.min(file.length(), DataFileConstants.MAGIC.length)];
            file.readFully(begin);
            if (!Arrays.equals(begin, Arrays.copyOf(DataFileConstants.MAGIC, begin.length))) {
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
        try {
            open().close();
            return false;
        } catch (IOException | AvroRuntimeException e) {
            return true;
        }
    }

    /** Reads it to the end, or to where it was broken off, block by block. */
    Extent extent() {
        long events = 0;
        long next = 0;
        long counted = 0;
        long last = 0;
        long good;
        var users = new HashSet<String>();
        boolean remain = false;
        try (var reader = open()) {
            good = reader.previousSync();
            try {
                while (reader.hasNext()) {
                    var event = ExportedEvent.of(aggregate, reader.next());
                    counted++;
                    last = event.offset() + 1;
                    var id = event.event().header().getAggregateId();
                    if (event.event().payload() instanceof UserErased) {
                        remain |= users.contains(id);
                    } else if (aggregate == Aggregate.USERS) {
                        users.add(id);
                    }
                    if (reader.previousSync() > good) {
                        good = reader.previousSync();
                        events = counted;
                        next = last;
                    }
                }
            } catch (AvroRuntimeException broken) {
                // What was being written when it was killed.
            }
            return new Extent(events, next, good, remain);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** All events, in their order. */
    void read(Consumer<ExportedEvent> consumer) {
        try (var reader = open()) {
            while (reader.hasNext()) {
                consumer.accept(ExportedEvent.of(aggregate, reader.next()));
            }
            if (reader.previousSync() != Files.size(path)) {
                throw new AvroRuntimeException("a block ends too early");
            }
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalStateException(
                    path + " is broken (" + e.getMessage() + "); run the export again, it mends it", e);
        }
    }

    /** Begins it. */
    Appender create(Origin origin) {
        var writer = writer(origin);
        try {
            return new Appender(writer.create(schema, path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    /** Goes on behind its last whole block. */
    Appender append(Extent extent) {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(extent.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
        try {
            return new Appender(
                    new DataFileWriter<GenericRecord>(new SpecificDatumWriter<>(schema, ExportedEvent.model()))
                            .appendTo(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    /** Writes it anew, without the events of users that were erased later. */
    void forgetErased() {
        Map<String, Long> erased = new HashMap<>();
        read(event -> {
            if (event.event().payload() instanceof UserErased) {
                erased.put(
                        event.event().header().getAggregateId(),
                        event.event().header().getVersion());
            }
        });
        var next = path.resolveSibling(path.getFileName() + ".next");
        try (var appender = new Appender(writer(origin()).create(schema, next.toFile()))) {
            read(event -> {
                var header = event.event().header();
                if (header.getVersion() >= erased.getOrDefault(header.getAggregateId(), 0L)) {
                    appender.add(event);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(next + " cannot be written", e);
        }
        try {
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    private DataFileWriter<GenericRecord> writer(Origin origin) {
        return new DataFileWriter<GenericRecord>(new SpecificDatumWriter<>(schema, ExportedEvent.model()))
                .setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL))
                .setMeta(TOPIC, origin.topic())
                .setMeta(TOPIC_ID, origin.topicId())
                .setMeta(PARTITION, origin.partition())
                .setMeta(PARTITIONS, origin.partitions());
    }

    private DataFileReader<GenericRecord> open() throws IOException {
        File file = path.toFile();
        return new DataFileReader<>(file, new SpecificDatumReader<>(null, schema, ExportedEvent.model()));
    }

    /** Writes at the end. */
    final class Appender implements AutoCloseable {

        private final DataFileWriter<GenericRecord> writer;
        private boolean closed;

        private Appender(DataFileWriter<GenericRecord> writer) {
            this.writer = writer;
        }

        void add(ExportedEvent event) {
            try {
                writer.append(event.toRecord(aggregate, schema));
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be written", e);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                writer.fSync();
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be written", e);
            }
        }
    }
}
