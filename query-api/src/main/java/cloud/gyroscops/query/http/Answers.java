package cloud.gyroscops.query.http;

import cloud.gyroscops.topology.view.Reading;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Answers with an ETag that is made of their bytes: whoever has them already gets 304. Nobody may take them for fresh
 * without asking.
 */
public final class Answers {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int USUAL_BYTES = 1_024;
    private static final int HASH_BYTES = 16;

    /** One for each thread, rather than one that is looked for with every answer. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Answers::sha256);

    /** What Jetty collects, rather than sends at once. */
    private static final int SMALL_BYTES = 8 << 10;

    private static final String GZIPPED = "-gzip";

    private Answers() {}

    /** The members of an object, one by one. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** Answers with an object, which tells whether, and what, it lacks of all partitions. */
    public static void json(Context ctx, Members members) {
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (var json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            members.write(json);
            writeMissing(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(ctx, "application/json", bytes.toByteArray());
    }

    private static void writeMissing(JsonGenerator json) throws IOException {
        var missing = Reading.current().missing();
        if (missing.isEmpty()) {
            return;
        }
        json.writeBooleanField("partial", true);
        json.writeArrayFieldStart("missing");
        for (var place : missing) {
            json.writeStartObject();
            json.writeStringField("side", place.side().name());
            json.writeNumberField("partition", place.partition());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Answers with bytes. */
    public static void send(Context ctx, String type, byte[] body) {
        boolean gzipped = isGzipped(ctx, body);
        var hash = hash(body);
        ctx.header("ETag", '"' + hash + (gzipped ? GZIPPED : "") + '"').header("Cache-Control", "no-cache");
        if (isKnown(hash, ctx.header("If-None-Match"))) {
            ctx.status(304).res().setContentType(null);
            return;
        }
        ctx.contentType(type);
        if (!ctx.method().equals(HandlerType.HEAD)) {
            write(ctx, body, gzipped);
        } else if (!gzipped) {
            ctx.res().setContentLength(body.length);
        }
    }

    /**
     * Javalin would copy it through a buffer of 32 KiB and a stream that compresses nothing. What is small stays in Jetty's buffer
     * until the request ends, so that headers may follow.
     */
    private static void write(Context ctx, byte[] body, boolean gzipped) {
        if (gzipped || body.length > SMALL_BYTES) {
            ctx.result(body);
            return;
        }
        try {
            ctx.res().getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether Javalin is going to: then these are other bytes, which need another ETag. */
    private static boolean isGzipped(Context ctx, byte[] body) {
        if (body.length < CompressionStrategy.GZIP.getDefaultMinSizeForCompression()) {
            return false;
        }
        var accepted = ctx.header("Accept-Encoding");
        return accepted != null && CompressionStrategy.GZIP.findMatchingCompressor(accepted) != null;
    }

    private static boolean isKnown(String hash, String tags) {
        if (tags == null) {
            return false;
        }
        for (var listed : tags.split(",")) {
            var tag = listed.strip();
            var opaque = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (opaque.equals("*") || opaque.equals('"' + hash + '"') || opaque.equals('"' + hash + GZIPPED + '"')) {
                return true;
            }
        }
        return false;
    }

    private static String hash(byte[] body) {
        return TEXT.encodeToString(Arrays.copyOf(DIGEST.get().digest(body), HASH_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
