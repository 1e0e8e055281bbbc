package cloud.gyroscops.standalone.check;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** A hash of all that an Avro record holds; maps are taken in the keys' order. */
final class RecordHash {

    private RecordHash() {}

    static long of(IndexedRecord record) {
        var hash = new Hash();
        add(hash, record);
        return hash.end();
    }

    private static void add(Hash hash, Object value) {
        if (value instanceof IndexedRecord part) {
            for (int field = 0; field < part.getSchema().getFields().size(); field++) {
                add(hash, part.get(field));
            }
        } else if (value instanceof Collection<?> items) {
            hash.number(items.size());
            items.forEach(item -> add(hash, item));
        } else if (value instanceof Map<?, ?> entries) {
            hash.number(entries.size());
            new TreeMap<>(entries).forEach((key, entry) -> {
                add(hash, key);
                add(hash, entry);
            });
        } else if (value instanceof Number number) {
            hash.number(number.longValue());
        } else {
            // Null is the one without a length.
            hash.number(value == null ? 0 : 1).text(Objects.toString(value, ""));
        }
    }
}
