package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.topology.claim.ClaimKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who held which name, username or email from when to when, by the events; no two aggregates one at the same time. */
final class ClaimPeriods implements EventInvariant {

    private static final long STILL = Long.MAX_VALUE;

    private final Rules<?> rules;
    private final Map<String, List<Period>> periods;
    private final Findings findings;

    /**
     * Prepares.
     *
     * @param periods by claim, shared by all partitions and types
     */
    ClaimPeriods(Rules<?> rules, Map<String, List<Period>> periods, Findings findings) {
        this.rules = rules;
        this.periods = periods;
        this.findings = findings;
    }

    /** A time during which one aggregate held a claim. */
    static final class Period {
        final String aggregateId;
        final String commandId;
        final Place place;
        final long from;
        long until = STILL;

        Period(String aggregateId, String commandId, Place place, long from) {
            this.aggregateId = aggregateId;
            this.commandId = commandId;
            this.place = place;
            this.from = from;
        }

        boolean lasts() {
            return until == STILL;
        }
    }

    static Map<String, List<Period>> none() {
        return new HashMap<>();
    }

    /** The claim as the claims topic has it for a key. */
    static String key(Claim claim) {
        return claim.getKind() + ":" + claim.getValue();
    }

    @Override
    public void check(Step step) {
        var before = rules.claims(step.before());
        var after = rules.claims(step.after());
        if (before.equals(after)) {
            return;
        }
        var record = step.record();
        var id = step.stream().id;
        for (var claim : before) {
            if (!after.contains(claim)) {
                for (var period : periods.getOrDefault(key(claim), List.of())) {
                    if (period.lasts() && period.aggregateId.equals(id)) {
                        period.until = record.time();
                    }
                }
            }
        }
        for (var claim : after) {
            if (!before.contains(claim)) {
                findings.checked(Invariant.UNIQUENESS);
                var header = record.event().header();
                var commandId = ClaimKey.ticket(header.getOrigin(), header.getCausationId());
                periods.computeIfAbsent(key(claim), key -> new ArrayList<>(1))
                        .add(new Period(id, commandId, record.place(), record.time()));
            }
        }
    }

    /**
     * Tells who held what somebody else had; all events are read.
     *
     * @param tolerance by how much clocks may differ, in milliseconds
     */
    static void tellOverlaps(Map<String, List<Period>> periods, long tolerance, Findings findings) {
        periods.forEach((claim, all) -> {
            var ordered = new ArrayList<>(all);
            ordered.sort(
                    Comparator.comparingLong((Period period) -> period.from).thenComparingLong(period -> period.until));
            Period longest = null;
            for (var period : ordered) {
                if (longest != null
                        && !period.aggregateId.equals(longest.aggregateId)
                        && period.from < longest.until - tolerance
                        && longest.from < period.until - tolerance) {
                    findings.violated(
                            Invariant.UNIQUENESS,
                            period.place,
                            period.aggregateId + " took the " + kind(claim) + " that " + longest.aggregateId
                                    + " holds since " + longest.place + (longest.lasts() ? "" : ", and gave up later"));
                }
                longest = longest == null || period.until > longest.until ? period : longest;
            }
        });
    }

    /** Values are personal data. */
    static String kind(String claim) {
        return claim.substring(0, claim.indexOf(':'));
    }
}
