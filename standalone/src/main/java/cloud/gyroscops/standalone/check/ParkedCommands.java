package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.StateSerde;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** What waits for answers, from the stores' changelogs: the line of each aggregate must move. */
final class ParkedCommands {

    private final Findings findings;
    private final Deserializer<Parked> serde =
            new StateSerde<>(Parked.class, SchemaHistory.load().of(Parked.class.getName())).deserializer();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<Place> commands = new HashSet<>();
    /** By line. */
    private final Map<String, Set<String>> waited = new HashMap<>();

    ParkedCommands(Findings findings) {
        this.findings = findings;
    }

    /** Where it is parked, and the command record; null: a question. */
    private record Entry(Place place, Place command) {}

    /** Takes a record of a changelog. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        var key = record.topic() + ' ' + Records.text(record.key());
        var before = record.value() == null ? entries.remove(key) : entries.put(key, entry(record));
        if (record.value() == null) {
            findings.checked(Invariant.PARKED);
            waited.remove(line(key));
            if (before != null) {
                commands.remove(before.command());
            }
        } else {
            commands.add(entries.get(key).command());
        }
    }

    private Entry entry(ConsumerRecord<byte[], byte[]> record) {
        Place command = null;
        try {
            if (serde.deserialize("", record.value()).getParked() instanceof ParkedCommand parked) {
                command = new Place(parked.getTopic(), parked.getPartition(), parked.getOffset());
            }
        } catch (MalformedRecordException e) {
            findings.violated(Invariant.PARKED, Place.of(record), "what is parked cannot be read: " + e.getMessage());
        }
        return new Entry(Place.of(record), command);
    }

    /** An aggregate's line, in which everything waits for what stands in front of it. */
    private static String line(String key) {
        return EventKey.aggregateId(key);
    }

    /** All is read to the ends: what waits now is waited for. */
    void look() {
        entries.keySet().forEach(key -> waited.computeIfAbsent(line(key), line -> new HashSet<>())
                .add(key));
    }

    /** Whether every line has moved since. */
    boolean none() {
        return waited.isEmpty();
    }

    /** Whether this command is parked. */
    boolean holds(Place command) {
        return commands.contains(command);
    }

    /**
     * Tells what is stuck.
     *
     * @param underWay whether there are messages that the waiting may be for, or nobody runs who could do anything
     */
    void tell(boolean underWay) {
        entries.forEach((key, entry) -> {
            if (underWay || !waited.getOrDefault(line(key), Set.of()).contains(key)) {
                findings.waits();
            } else {
                findings.violated(
                        Invariant.PARKED,
                        entry.place(),
                        "entry " + key.substring(key.indexOf(' ') + 1) + " is still parked");
            }
        });
    }
}
