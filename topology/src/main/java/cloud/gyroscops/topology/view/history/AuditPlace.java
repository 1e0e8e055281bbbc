package cloud.gyroscops.topology.view.history;

import java.util.Optional;

/**
 * A place in an aggregate's audit trail.
 *
 * @param version of the first event wanted
 * @param outcomes the cursor of the first outcome of a mirror wanted; none: those from that event on, or, with the first
 *     version, all
 */
public record AuditPlace(long version, Optional<String> outcomes) {

    /** Where trails begin. */
    public static final AuditPlace BEGINNING = new AuditPlace(1, Optional.empty());

    /** Throws {@code IllegalArgumentException} if the cursor is none. */
    public AuditPlace {
        outcomes.ifPresent(OutcomePlace::parse);
    }
}
