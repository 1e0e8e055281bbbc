package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What mirrors made of aggregates, as it is kept: by {@code users/u-1@KEYCLOAK@0000000000000000003}, with 19 digits of the
 * sequence; a value is the outcome's time and the outcome as it is on the wire, like a {@link HistoryEntry}.
 */
public final class OutcomeEntry {

    /** The name of the store, of the outcomes of all aggregates. */
    public static final String STORE = "mirror-outcomes";

    private static final Pattern RECORD = Pattern.compile("([A-Z_]+)/([a-z]+/[^@/]+)@([0-9]{1,19})");

    private OutcomeEntry() {}

    /** The key for that of a record, like {@code KEYCLOAK/users/u-1@3}; empty if that is none of an outcome. */
    public static Optional<String> key(String recordKey) {
        var parts = RECORD.matcher(recordKey);
        return parts.matches()
                ? Optional.of(EventKey.ordered(parts.group(2) + '@' + parts.group(1), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /** What all keys of an aggregate begin with, and no others. */
    public static String prefix(Aggregate aggregate, String id) {
        return aggregate.plural() + '/' + id + '@';
    }

    static OutcomePlace place(String key, byte[] value) {
        var target = key.substring(key.indexOf('@') + 1, key.lastIndexOf('@'));
        return new OutcomePlace(HistoryEntry.time(value), target, EventKey.version(key));
    }
}
