package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.topology.command.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A command record that is still there.
 *
 * @param offset where it is, in the partition of its aggregate
 * @param source where its producer had put it
 * @param time when it was appended, in milliseconds
 * @param handled whether there is a result, or may have been one that was not kept so long
 * @param bytes the record's value; null if it was handled
 */
record Sent(
        long offset,
        Source source,
        long time,
        String commandId,
        Origin origin,
        Fingerprint payload,
        boolean handled,
        byte[] bytes) {

    byte[] toBytes() {
        var bytesOut = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytesOut)) {
            out.writeLong(offset);
            out.writeInt(source.partition());
            out.writeLong(source.offset());
            out.writeLong(time);
            out.writeUTF(commandId);
            out.writeByte(origin.ordinal());
            out.write(payload.bytes());
            out.writeBoolean(handled);
            out.writeInt(bytes == null ? -1 : bytes.length);
            if (bytes != null) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytesOut.toByteArray();
    }

    static Sent of(String topic, byte[] value) {
        try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
            return new Sent(
                    in.readLong(),
                    new Source(topic, in.readInt(), in.readLong()),
                    in.readLong(),
                    in.readUTF(),
                    Origin.values()[in.readByte()],
                    new Fingerprint(in.readNBytes(16)),
                    in.readBoolean(),
                    bytes(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
