package cloud.gyroscops.schemas.serde;

/** The head of a record in Confluent's wire format: 0x00, then the schema's id, 4 bytes, big-endian. */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_LENGTH = 5;

    private WireFormat() {}

    static byte[] header(int id) {
        return new byte[] {MAGIC, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
    }

    /** The schema's id. */
    static int id(byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedRecordException(
                    Malformation.EMPTY, "no bytes where a record in the wire format is wanted");
        }
        if (bytes[0] != MAGIC) {
            throw new MalformedRecordException(
                    Malformation.NO_MAGIC_BYTE,
                    "byte 0 is 0x%02x, not the magic byte 0x00 of the wire format".formatted(bytes[0]));
        }
        if (bytes.length < HEADER_LENGTH) {
            throw new MalformedRecordException(
                    Malformation.TRUNCATED, "the bytes end at byte " + bytes.length + ", within the schema id");
        }
        return (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | bytes[4] & 0xff;
    }
}
