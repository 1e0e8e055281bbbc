package cloud.gyroscops.query.feed;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far a reader has come: of each partition, the offset of what comes next. As text it is base64url of a byte that tells
 * the format, the number of partitions, and the offsets, as variable-length numbers.
 */
final class FeedPosition {

    private static final byte FORMAT = 1;
    private static final int LONGEST_NUMBER = 63;
    private static final int MORE = 0x80;
    private static final int PART = 0x7F;
    private static final int BITS = 7;

    private final long[] offsets;

    FeedPosition(long... offsets) {
        this.offsets = offsets.clone();
    }

    /** Before the first event. */
    static FeedPosition beginning(int partitions) {
        return new FeedPosition(new long[partitions]);
    }

    long[] offsets() {
        return offsets.clone();
    }

    /**
     * The position that a text means.
     *
     * @throws IllegalArgumentException if it means none in so many partitions
     */
    static FeedPosition parse(String text, int partitions) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() == FORMAT && number(bytes) == partitions) {
                var offsets = new long[partitions];
                for (int i = 0; i < partitions; i++) {
                    offsets[i] = number(bytes);
                }
                if (!bytes.hasRemaining()) {
                    return new FeedPosition(offsets);
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            // Told below, like one of other partitions.
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no position in this feed; it must be the id of an event that it has sent");
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < LONGEST_NUMBER; shift += BITS) {
            byte part = bytes.get();
            number |= (long) (part & PART) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    @Override
    public String toString() {
        var bytes = new ByteArrayOutputStream(4 * offsets.length);
        bytes.write(FORMAT);
        write(bytes, offsets.length);
        for (long offset : offsets) {
            write(bytes, offset);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long left = number;
        while (left >= MORE) {
            bytes.write((int) (left & PART) | MORE);
            left >>>= BITS;
        }
        bytes.write((int) left);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedPosition position && Arrays.equals(offsets, position.offsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(offsets);
    }
}
