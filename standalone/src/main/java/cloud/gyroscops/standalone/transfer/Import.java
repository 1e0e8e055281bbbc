package cloud.gyroscops.standalone.transfer;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.rebuild.Group;
import cloud.gyroscops.topology.rebuild.Log;
import cloud.gyroscops.topology.rebuild.RebuildProgress;
import cloud.gyroscops.topology.rebuild.Spill;
import cloud.gyroscops.topology.rebuild.Writer;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.UnfinishedImport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the events of an export to the event topics of a cluster that has none, or only a part of them from an import
 * that was killed. Until all are there, a mark in the cluster keeps the command topology from starting.
 */
public final class Import {

    private static final int PROGRESS_EVERY = 500;

    private final Installation installation;
    private final String applicationId;
    private final Path directory;
    private final Path workDirectory;
    private final RebuildProgress progress;
    private final Log log;
    private final Map<String, Long> erased = new HashMap<>();
    private long written;

    /**
     * What came of it.
     *
     * @param before events that were there already
     * @param written events that were added
     */
    public record Outcome(long before, long written) {}

    /**
     * Prepares an import.
     *
     * @param installation whose topics are made where they are missing
     * @param applicationId of the command topology, which must not run
     * @param directory with the files of an export
     * @param workDirectory for what memory may not hold
     */
    public Import(
            Installation installation,
            String applicationId,
            Path directory,
            Path workDirectory,
            RebuildProgress progress) {
        this.installation = installation;
        this.applicationId = applicationId;
        this.directory = directory;
        this.workDirectory = workDirectory;
        this.progress = progress;
        this.log = new Log(installation.kafka());
    }

    /**
     * Imports everything; the stores of the command topology are to be made afterwards.
     *
     * @throws IllegalStateException if the command topology runs, files are missing or broken, or the topics hold other
     *     events
     */
    public Outcome run() {
        var files = files();
        try (var admin = Admin.create(installation.kafka().with(Map.of()))) {
            var group = new Group(admin, applicationId);
            group.refuseMembers();
            installation.prepare();
            try (var there = new Spill(workDirectory.resolve(applicationId + ".import"))) {
                long before = existing(there);
                long all = look(files);
                if (before > 0) {
                    compare(files, there, before);
                }
                write(files, there, all, group, new UnfinishedImport(admin, applicationId));
                return new Outcome(before, written);
            }
        }
    }

    /** Only now does it hold anybody up: whatever was wrong before has left the cluster as it was. */
    private void write(
            Map<Aggregate, List<EventFile>> files, Spill there, long all, Group group, UnfinishedImport mark) {
        boolean unmarked = mark.set();
        try {
            // Who started since the first look has not seen the mark.
            group.refuseMembers();
            write(files, there, all);
        } catch (RuntimeException e) {
            if (unmarked && written == 0) {
                mark.remove();
            }
            throw e;
        }
        group.refuseMembers();
        mark.remove();
    }

    private Map<Aggregate, List<EventFile>> files() {
        var files = new HashMap<Aggregate, List<EventFile>>();
        for (var aggregate : Aggregate.values()) {
            var first = new EventFile(directory, aggregate, 0);
            if (!Files.isReadable(first.path())) {
                throw new IllegalStateException("there is no " + first.path()
                        + "; name a directory that was written with: gyroscops events export");
            }
            var all = new ArrayList<EventFile>();
            for (int partition = 0; partition < first.origin().partitions(); partition++) {
                var file = new EventFile(directory, aggregate, partition);
                if (!Files.isReadable(file.path())) {
                    throw new IllegalStateException("there is no " + file.path() + ", though "
                            + first.origin().topic() + " had " + first.origin().partitions() + " partitions");
                }
                all.add(file);
            }
            files.put(aggregate, all);
        }
        new Manifest(directory)
                .check(files.values().stream()
                        .flatMap(all -> all.stream().map(EventFile::path))
                        .toList());
        return files;
    }

    /** Puts the events that are there already into the spill, by type and key. */
    private long existing(Spill there) {
        var count = new long[1];
        for (var aggregate : Aggregate.values()) {
            var ends =
                    log.settledEnds(log.partitions(List.of(installation.topics().events(aggregate))));
            log.read(ends, record -> {
                var key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    throw new IllegalStateException(
                            record.topic() + "-" + record.partition() + "@" + record.offset() + " removes " + key
                                    + ", so it is not from an import; import into a cluster without events");
                }
                count[0]++;
                there.put(place(aggregate, key), record.value());
            });
        }
        return count[0];
    }

    /** Counts, and finds the users that were erased: of those only the last event may go anywhere. */
    private long look(Map<Aggregate, List<EventFile>> files) {
        var count = new long[1];
        files.forEach((aggregate, all) -> all.forEach(file -> file.read(event -> {
            if (++count[0] % PROGRESS_EVERY == 0) {
                progress.at("reading files", count[0], 0);
            }
            var header = event.event().header();
            if (event.event().payload() instanceof UserErased) {
                erased.put(header.getAggregateId(), header.getVersion());
            }
        })));
        return count[0];
    }

    /** All that is there must be in the files, too. */
    private void compare(Map<Aggregate, List<EventFile>> files, Spill there, long before) {
        var same = new long[1];
        each(files, (aggregate, event) -> {
            var stored = there.get(place(aggregate, event.key()));
            if (stored != null) {
                if (!installation.wire().event(aggregate, stored).equals(event.event())) {
                    throw new IllegalStateException(installation.topics().events(aggregate) + " holds another event "
                            + event.key() + " than the files; import into a cluster without events");
                }
                same[0]++;
            }
        });
        if (same[0] != before) {
            throw new IllegalStateException("the event topics hold " + (before - same[0])
                    + " events that are not in the files" + example(files, there)
                    + "; import into a cluster without events");
        }
    }

    private String example(Map<Aggregate, List<EventFile>> files, Spill there) {
        each(files, (aggregate, event) -> there.delete(place(aggregate, event.key())));
        var first = new String[1];
        for (var aggregate : Aggregate.values()) {
            there.each(new byte[] {(byte) aggregate.ordinal()}, (key, value) -> {
                if (first[0] == null) {
                    first[0] = ", like " + aggregate.plural() + "/"
                            + new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
                }
            });
        }
        return first[0] == null ? "" : first[0];
    }

    private void write(Map<Aggregate, List<EventFile>> files, Spill there, long all) {
        var passed = new long[1];
        try (var writer = new Writer(installation.kafka())) {
            each(files, (aggregate, event) -> {
                if (there.get(place(aggregate, event.key())) == null) {
                    written++;
                    writer.write(record(aggregate, event));
                }
                if (++passed[0] % PROGRESS_EVERY == 0) {
                    progress.at("writing events", passed[0], all);
                }
            });
            writer.flush();
        }
    }

    private ProducerRecord<byte[], byte[]> record(Aggregate aggregate, ExportedEvent event) {
        var id = event.event().header().getAggregateId();
        return new ProducerRecord<>(
                installation.topics().events(aggregate),
                EventPartitioner.partition(id, installation.topics().partitions()),
                event.timestamp(),
                event.key().getBytes(StandardCharsets.UTF_8),
                installation.wire().event(aggregate, event.event()),
                event.headers());
    }

    private void each(Map<Aggregate, List<EventFile>> files, BiConsumer<Aggregate, ExportedEvent> reader) {
        Stream.of(Aggregate.values()).forEach(aggregate -> files.get(aggregate)
                .forEach(file -> file.read(event -> {
                    var header = event.event().header();
                    if (aggregate != Aggregate.USERS
                            || header.getVersion() >= erased.getOrDefault(header.getAggregateId(), 0L)) {
                        reader.accept(aggregate, event);
                    }
                })));
    }

    private static byte[] place(Aggregate aggregate, String key) {
        return ((char) aggregate.ordinal() + key).getBytes(StandardCharsets.UTF_8);
    }
}
