package cloud.gyroscops.connectors.target;

import cloud.gyroscops.schemas.Aggregate;
import java.util.List;
import java.util.Optional;

/**
 * An object of a target's.
 *
 * @param kind what it is there, for example {@code user} or {@code payment_intent}
 * @param externalId its id there
 * @param aggregateId our id, where it bears one
 * @param fingerprint the hash of its compared fields, as {@link Target#fingerprint}
 * @param adoption what makes it one of ours, if it bears no id of ours and objects like it are adopted
 */
public record Listed(
        Aggregate aggregate,
        String kind,
        String externalId,
        Optional<String> aggregateId,
        String fingerprint,
        List<Fact> adoption) {}
