package cloud.gyroscops.standalone.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What has been checked and found so far: all is counted, the first violations are kept. */
final class Findings {

    private final int limit;
    private final Map<Invariant, Long> checks = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);
    private long lagging;
    private long waiting;
    private final List<Violation> violations = new ArrayList<>();

    Findings(int limit) {
        this.limit = limit;
    }

    void checked(Invariant invariant) {
        checks.merge(invariant, 1L, Long::sum);
    }

    void violated(Invariant invariant, Place place, String sentence) {
        violated(new Violation(invariant, place, sentence));
    }

    void violated(Violation violation) {
        counts.merge(violation.invariant(), 1L, Long::sum);
        if (violations.size() < limit) {
            violations.add(violation);
        }
    }

    /** A command that is not handled yet. */
    void lags() {
        lagging++;
    }

    /** Something that waits for what is not handled yet. */
    void waits() {
        waiting++;
    }

    Report report(Map<String, Long> records, Map<String, Long> aggregates) {
        return new Report(
                records,
                aggregates,
                Map.copyOf(checks),
                Map.copyOf(counts),
                List.copyOf(violations),
                new Report.Lag(lagging, waiting));
    }
}
