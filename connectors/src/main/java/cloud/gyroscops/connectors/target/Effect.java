package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.mirror.OutcomeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call came to. All of it is written in the transaction that ends the work.
 *
 * @param kind of the outcome that is recorded
 * @param operation what was done, for example {@code users.update}
 * @param externalId the target's id of the object; empty: it has none any more, or none yet
 * @param mirrored the compared fields as the target has them now; empty: there is no object
 * @param facts what is to be told to aggregates
 * @param findings what else was found out, each an outcome of its own, before the one of the effect
 */
public record Effect(
        OutcomeKind kind,
        String operation,
        Optional<String> externalId,
        Map<String, String> mirrored,
        List<Fact> facts,
        List<Finding> findings) {

    /** Copies the collections. */
    public Effect {
        mirrored = Map.copyOf(mirrored);
        facts = List.copyOf(facts);
        findings = List.copyOf(findings);
    }
}
