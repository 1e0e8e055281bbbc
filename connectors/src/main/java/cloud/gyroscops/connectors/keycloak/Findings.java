package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Merge.Changed;
import cloud.gyroscops.connectors.keycloak.Merge.Difference;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is worth telling of the differences between the log and Keycloak. */
final class Findings {

    private Findings() {}

    /** Of an object that is there. */
    static List<Finding> of(Merge merge, Look look, String operation) {
        if (look.dryRun()) {
            return finding(
                    OutcomeKind.DRIFT_FOUND,
                    operation,
                    merge,
                    difference -> difference.changed() != Changed.EARLIER,
                    false);
        }
        var findings = new ArrayList<Finding>();
        findings.addAll(finding(
                OutcomeKind.DRIFT_CORRECTED,
                operation,
                merge,
                difference -> difference.changed() == Changed.THEIRS
                        || look.compares()
                                && difference.changed() != Changed.BOTH
                                && difference.changed() != Changed.EARLIER,
                true));
        findings.addAll(finding(
                OutcomeKind.CONFLICT, operation, merge, difference -> difference.changed() == Changed.BOTH, true));
        return findings;
    }

    /** Of one that became ours, with what it was like. */
    static Finding adopted(Merge merge, String operation) {
        return new Finding(
                OutcomeKind.ADOPTED,
                operation,
                merge.differences().stream()
                        .map(difference -> told(difference, true))
                        .toList());
    }

    /** Of one that should be there and is not, or the other way round. */
    static Finding whole(Look look, String operation) {
        return new Finding(look.dryRun() ? OutcomeKind.DRIFT_FOUND : OutcomeKind.DRIFT_CORRECTED, operation, List.of());
    }

    private static List<Finding> finding(
            OutcomeKind kind, String operation, Merge merge, Predicate<Difference> which, boolean settled) {
        var told = merge.differences().stream()
                .filter(which)
                .map(difference -> told(difference, settled))
                .toList();
        return told.isEmpty() ? List.of() : List.of(new Finding(kind, operation, told));
    }

    private static FieldDifference told(Difference difference, boolean settled) {
        return new FieldDifference(
                difference.field(),
                difference.ours(),
                difference.theirs(),
                difference.mirrored(),
                settled ? difference.keepsTheirs() ? "THEIRS" : "OURS" : null);
    }
}
