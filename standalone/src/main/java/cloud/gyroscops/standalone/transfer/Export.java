package cloud.gyroscops.standalone.transfer;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.rebuild.Log;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.streams.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes all committed events to files, one a partition. One that was killed, or an earlier one, is gone on with. */
public final class Export implements AutoCloseable {

    private static final int PROGRESS_EVERY = 500;

    private final Installation installation;
    private final Path directory;
    private final TransferProgress progress;
    private final Log log;
    private final Map<TopicPartition, Part> parts = new HashMap<>();
    private long before;
    private long written;

    /** One partition on its way into its file. */
    private static final class Part {
        private final Aggregate aggregate;
        private final EventFile file;
        private final EventFile.Appender appender;
        private final long next;
        private boolean erasedRemain;

        Part(Aggregate aggregate, EventFile file, EventFile.Appender appender, long next, boolean erasedRemain) {
            this.aggregate = aggregate;
            this.file = file;
            this.appender = appender;
            this.next = next;
            this.erasedRemain = erasedRemain;
        }
    }

    /**
     * What came of it.
     *
     * @param before events that were in the files already
     * @param written events that were added
     */
    public record Outcome(long before, long written) {}

    /** Prepares an export into a directory, which is made if it is not there. */
    public Export(Installation installation, Path directory, TransferProgress progress) {
        this.installation = installation;
        this.directory = directory;
        this.progress = progress;
        this.log = new Log(installation.kafka());
    }

    /**
     * Exports what there is now.
     *
     * @throws IllegalStateException if topics are missing, or the files are of other ones
     */
    public Outcome run() {
        var ends = new HashMap<TopicPartition, Long>();
        var from = new HashMap<TopicPartition, Long>();
        open(ends, from);
        long all = ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - from.get(end.getKey())))
                .sum();
        var reached = new HashMap<>(from);
        var count = new int[1];
        var passed = new long[1];
        log.read(from, ends, record -> {
            write(record);
            // Between records there are marks of transactions.
            long next = record.offset() + 1;
            passed[0] += next - reached.put(new TopicPartition(record.topic(), record.partition()), next);
            if (++count[0] % PROGRESS_EVERY == 0) {
                progress.at(passed[0], all);
            }
        });
        progress.at(all, all);
        close();
        parts.values().stream().filter(part -> part.erasedRemain).forEach(part -> part.file.forgetErased());
        new Manifest(directory)
                .write(parts.values().stream().map(part -> part.file.path()).toList());
        return new Outcome(before, written);
    }

    private void open(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> from) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be made", e);
        }
        new Manifest(directory).remove();
        for (var aggregate : Aggregate.values()) {
            var topic = installation.topics().events(aggregate);
            var partitions = log.partitions(List.of(topic));
            ends.putAll(log.settledEnds(partitions));
            from.putAll(log.begins(partitions));
            var id = id(topic);
            for (var partition : partitions) {
                var file = new EventFile(directory, aggregate, partition.partition());
                var part = open(
                        aggregate, file, new EventFile.Origin(topic, id, partition.partition(), partitions.size()));
                parts.put(partition, part);
                from.merge(partition, part.next, Math::max);
            }
        }
    }

    private Part open(Aggregate aggregate, EventFile file, EventFile.Origin origin) {
        if (!file.exists() || file.hasNoHead()) {
            return new Part(aggregate, file, file.create(origin), 0, false);
        }
        if (!file.origin().equals(origin)) {
            throw new IllegalStateException(file.path() + " holds events of " + file.origin() + ", not of " + origin
                    + "; export to another directory");
        }
        var extent = file.extent();
        before += extent.events();
        return new Part(aggregate, file, file.append(extent), extent.nextOffset(), extent.erasedRemain());
    }

    private String id(String topic) {
        try (var admin = Admin.create(installation.kafka().with(Map.of()))) {
            return Changelogs.ids(admin, List.of(topic)).get(topic).toString();
        }
    }

    private void write(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        var part = parts.get(new TopicPartition(record.topic(), record.partition()));
        var event = installation.wire().event(part.aggregate, record.value());
        part.appender.add(new ExportedEvent(
                new String(record.key(), StandardCharsets.UTF_8),
                record.offset(),
                record.timestamp(),
                record.headers(),
                event));
        part.erasedRemain |= event.payload() instanceof UserErased;
        written++;
    }

    /** Closes the files: what was written to them so far can be gone on with. */
    @Override
    public void close() {
        parts.values().forEach(part -> part.appender.close());
    }
}
