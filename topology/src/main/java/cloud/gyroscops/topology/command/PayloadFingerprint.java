package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tells one payload from another: the first 128 bits of a SHA-256 over its type and its fields. Fields that have their
 * default value do not count, and maps are taken in the keys' order. So a payload keeps its fingerprint when its schema
 * gains a field, and whichever client wrote it. Not safe for use by several threads.
 */
public final class PayloadFingerprint {

    private static final int BITS_128 = 16;

    private final MessageDigest digest;
    private final Map<Schema, Field[]> fields = new IdentityHashMap<>();
    /** One call for all: a digest takes its time over many small ones. */
    private byte[] bytes = new byte[1024];

    private int length;

    public PayloadFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The fingerprint of a command's payload. */
    public Fingerprint of(SpecificRecord payload) {
        length = 0;
        text(payload.getSchema().getFullName());
        add(payload);
        digest.update(bytes, 0, length);
        return new Fingerprint(Arrays.copyOf(digest.digest(), BITS_128));
    }

    private void add(Object value) {
        if (value instanceof IndexedRecord part) {
            for (var field : fields.computeIfAbsent(part.getSchema(), PayloadFingerprint::fieldsOf)) {
                var content = part.get(field.position);
                if (!field.isDefault(content)) {
                    bytes(field.name);
                    add(content);
                }
            }
        } else if (value instanceof Collection<?> items) {
            number(items.size());
            items.forEach(this::add);
        } else if (value instanceof Map<?, ?> entries) {
            number(entries.size());
            new TreeMap<>(entries).forEach((key, entry) -> {
                add(key);
                add(entry);
            });
        } else if (value instanceof Number amount) {
            number(amount.longValue());
        } else {
            text(Objects.toString(value));
        }
    }

    /** What is asked of a field's schema, asked once. */
    private record Field(int position, byte[] name, boolean hasDefault, Object otherwise) {

        /** Only null, empty or simple defaults occur in payloads; the comparison holds for any. */
        boolean isDefault(Object content) {
            return hasDefault && Objects.equals(otherwise, content);
        }
    }

    private static Field[] fieldsOf(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new Field(
                        field.pos(),
                        field.name().getBytes(StandardCharsets.UTF_8),
                        field.hasDefaultValue(),
                        field.hasDefaultValue() ? SpecificData.get().getDefaultValue(field) : null))
                .toArray(Field[]::new);
    }

    /** With its length, so that no two sequences of texts run into the same bytes. */
    private void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] encoded) {
        number(encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void number(long value) {
        reserve(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, value);
        length += Long.BYTES;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
