package cloud.gyroscops.standalone.check;

import java.util.function.IntConsumer;

/** Rows of longs by a hash that is not 0, in as little memory as that takes; rows are not removed. */
final class LongTable {

    private static final double FULLEST = 0.75;

    private final int columns;
    private long[] keys = new long[1 << 10];
    private long[][] values;
    private int size;

    LongTable(int columns) {
        this.columns = columns;
        this.values = new long[columns][keys.length];
    }

    /** The row; -1 if there is none. Good until the next {@link #put}. */
    int find(long key) {
        int row = row(keys, key);
        return keys[row] == key ? row : -1;
    }

    boolean contains(long key) {
        return find(key) >= 0;
    }

    /** The row, a new one with zeros if there was none. */
    int put(long key) {
        int row = row(keys, key);
        if (keys[row] == key) {
            return row;
        }
        if (++size > keys.length * FULLEST) {
            grow();
            row = row(keys, key);
        }
        keys[row] = key;
        return row;
    }

    long get(int row, int column) {
        return values[column][row];
    }

    void set(int row, int column, long value) {
        values[column][row] = value;
    }

    void forEach(IntConsumer visitor) {
        for (int row = 0; row < keys.length; row++) {
            if (keys[row] != 0) {
                visitor.accept(row);
            }
        }
    }

    private static int row(long[] keys, long key) {
        int row = (int) key & keys.length - 1;
        while (keys[row] != 0 && keys[row] != key) {
            row = row + 1 & keys.length - 1;
        }
        return row;
    }

    /** One column after the other, so that little is there twice. */
    private void grow() {
        var old = keys;
        keys = new long[old.length << 1];
        int[] rows = new int[old.length];
        for (int row = 0; row < old.length; row++) {
            if (old[row] != 0) {
                rows[row] = row(keys, old[row]);
                keys[rows[row]] = old[row];
            }
        }
        for (int column = 0; column < columns; column++) {
            var grown = new long[keys.length];
            for (int row = 0; row < old.length; row++) {
                if (old[row] != 0) {
                    grown[rows[row]] = values[column][row];
                }
            }
            values[column] = grown;
        }
    }
}
