package cloud.gyroscops.benchmarks.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What became of the reads of one phase. */
public final class Phase {

    private final Map<Kind, Reads> plain = new EnumMap<>(Kind.class);
    private final Map<Kind, Reads> withToken = new EnumMap<>(Kind.class);

    Phase() {
        for (var kind : Kind.values()) {
            plain.put(kind, new Reads());
            withToken.put(kind, new Reads());
        }
    }

    /** Those without token: whatever there is will do. */
    public Reads plain(Kind kind) {
        return plain.get(kind);
    }

    /**
     * Those with a token of the latest version that somebody has seen: nothing older will do, so nobody can answer for what
     * was written since a partition is worked on nowhere.
     */
    public Reads withToken(Kind kind) {
        return withToken.get(kind);
    }

    /** All there were without token. */
    public Collection<Reads> allPlain() {
        return plain.values();
    }

    /** All there were. */
    public Stream<Reads> all() {
        return Stream.of(plain, withToken).flatMap(reads -> reads.values().stream());
    }

    /** No more reads count. */
    Phase end() {
        all().forEach(Reads::end);
        return this;
    }

    /** No more reads count of those kinds of which nothing fails; whether these are all. */
    boolean endUnlessFailing() {
        // All are asked, also behind one that goes on.
        return all().filter(reads -> !reads.endUnlessFailing()).count() == 0;
    }

    /** Adds the figures. */
    void writeTo(ObjectNode json) {
        write(plain, json.putObject("plain"));
        write(withToken, json.putObject("withToken"));
    }

    private static void write(Map<Kind, Reads> reads, ObjectNode json) {
        reads.forEach((kind, each) -> {
            if (each.all() > 0) {
                each.writeTo(json.putObject(kind.name().toLowerCase(Locale.ROOT)));
            }
        });
    }
}
