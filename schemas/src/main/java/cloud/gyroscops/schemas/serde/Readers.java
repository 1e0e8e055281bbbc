package cloud.gyroscops.schemas.serde;

import java.util.Arrays;

/**
 * Decoders by writer, grown as writers are met. Looked up once a record, hence without boxed keys: the writer met last
 * is tried first, then a sorted array is searched.
 *
 * @param <D> what reads
 */
final class Readers<D> {

    private record Sorted(long[] ids, Object[] readers) {}

    private record Last<D>(long id, D reader) {}

    private volatile Sorted all = new Sorted(new long[0], new Object[0]);
    private volatile Last<D> last;

    /** Null if this writer was never put. */
    @SuppressWarnings("unchecked")
    D get(long id) {
        Last<D> recent = last;
        if (recent != null && recent.id == id) {
            return recent.reader;
        }
        Sorted sorted = all;
        int at = Arrays.binarySearch(sorted.ids, id);
        if (at < 0) {
            return null;
        }
        last = new Last<>(id, (D) sorted.readers[at]);
        return last.reader;
    }

    synchronized void put(long id, D reader) {
        int at = Arrays.binarySearch(all.ids, id);
        if (at >= 0) {
            return;
        }
        int free = -at - 1;
        int size = all.ids.length;
        long[] ids = Arrays.copyOf(all.ids, size + 1);
        Object[] readers = Arrays.copyOf(all.readers, size + 1);
        System.arraycopy(all.ids, free, ids, free + 1, size - free);
        System.arraycopy(all.readers, free, readers, free + 1, size - free);
        ids[free] = id;
        readers[free] = reader;
        all = new Sorted(ids, readers);
    }
}
