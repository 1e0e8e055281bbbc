package cloud.gyroscops.standalone.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What waits for answers, from the stores' changelogs: each entry must go away. */
final class ParkedCommands {

    private final Findings findings;
    private final Map<String, Place> entries = new HashMap<>();
    private Set<String> waited = new HashSet<>();

    ParkedCommands(Findings findings) {
        this.findings = findings;
    }

    /** Takes a record of a changelog. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        var key = record.topic() + ' ' + Records.text(record.key());
        if (record.value() == null) {
            findings.checked(Invariant.PARKED);
            entries.remove(key);
            waited.remove(key);
        } else {
            entries.put(key, Place.of(record));
        }
    }

    /** All is read to the ends: what waits now is waited for. */
    void look() {
        waited = new HashSet<>(entries.keySet());
    }

    boolean none() {
        return waited.isEmpty();
    }

    void tell() {
        for (var key : waited) {
            findings.violated(
                    Invariant.PARKED,
                    entries.get(key),
                    "entry " + key.substring(key.indexOf(' ') + 1) + " is still parked");
        }
    }
}
