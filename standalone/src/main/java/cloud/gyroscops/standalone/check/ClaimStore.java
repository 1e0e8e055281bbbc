package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Holds the store of claims, from its changelog, against who holds what by the events. */
final class ClaimStore {

    private final Map<String, List<ClaimPeriods.Period>> periods;
    private final Findings findings;
    private final Deserializer<StoredClaim> serde;
    private final Map<String, Entry> entries = new HashMap<>();
    /** Claims about which store and events differ, and how the store had them at first. */
    private final Map<String, Entry> differing = new LinkedHashMap<>();

    ClaimStore(Map<String, List<ClaimPeriods.Period>> periods, Findings findings) {
        this.periods = periods;
        this.findings = findings;
        this.serde = ClaimSubtopology.stored().deserializer();
    }

    private record Entry(String aggregateId, String commandId, boolean confirmed, Place place) {}

    /** Takes a record of the changelog. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        var key = Records.text(record.key());
        try {
            var claim = serde.deserialize("", record.value());
            if (claim == null) {
                entries.remove(key);
            } else {
                entries.put(
                        key,
                        new Entry(
                                claim.getHolder().getAggregateId(),
                                claim.getHolder().getCommandId(),
                                claim.getStatus() == ClaimStatus.CONFIRMED,
                                Place.of(record)));
            }
        } catch (MalformedRecordException e) {
            findings.violated(Invariant.CLAIMS, Place.of(record), "the claim cannot be read: " + e.getMessage());
        }
    }

    /** All is read to the ends: what differs now is looked at again. */
    void compare() {
        periods.forEach((key, all) -> {
            if (all.stream().anyMatch(ClaimPeriods.Period::lasts)) {
                findings.checked(Invariant.CLAIMS);
                look(key);
            }
        });
        entries.keySet().forEach(key -> {
            findings.checked(Invariant.CLAIMS);
            look(key);
        });
    }

    private void look(String key) {
        if (problem(key) != null) {
            differing.put(key, entries.get(key));
        }
    }

    /** Whether nothing differs any more. While much goes on, what was looked at must have moved on. */
    boolean agrees() {
        differing.entrySet().removeIf(entry -> problem(entry.getKey()) == null || movedOn(entry));
        return differing.isEmpty();
    }

    /** A claim that was provisional is another one's now: it is under way, not stuck. */
    private boolean movedOn(Map.Entry<String, Entry> differed) {
        var first = differed.getValue();
        var now = entries.get(differed.getKey());
        return first != null
                && !first.confirmed
                && now != null
                && !now.confirmed
                && !(now.aggregateId.equals(first.aggregateId) && now.commandId.equals(first.commandId));
    }

    /**
     * Tells what differs.
     *
     * @param lagging whether there are messages that would settle it
     */
    void tell(boolean lagging) {
        differing.forEach((key, first) -> {
            if (lagging) {
                findings.waits();
                return;
            }
            var entry = entries.get(key);
            var place = entry != null
                    ? entry.place
                    : first != null ? first.place : held(key).get(0).place;
            findings.violated(Invariant.CLAIMS, place, problem(key));
        });
    }

    private List<ClaimPeriods.Period> held(String key) {
        var held = new ArrayList<ClaimPeriods.Period>(1);
        for (var period : periods.getOrDefault(key, List.of())) {
            if (period.lasts()) {
                held.add(period);
            }
        }
        return held;
    }

    private String problem(String key) {
        var kind = ClaimPeriods.kind(key);
        var entry = entries.get(key);
        var held = held(key);
        if (entry == null) {
            return held.isEmpty()
                    ? null
                    : "the " + kind + " of " + held.get(0).aggregateId + " is claimed by nobody in the store";
        }
        if (!entry.confirmed) {
            return "the " + kind + " claim of " + entry.aggregateId + " for command " + entry.commandId
                    + " is still provisional";
        }
        if (held.stream()
                .anyMatch(period ->
                        period.aggregateId.equals(entry.aggregateId) && period.commandId.equals(entry.commandId))) {
            return null;
        }
        return "the store has a " + kind + " as claimed by " + entry.aggregateId + " for command " + entry.commandId
                + "; by the events "
                + (held.isEmpty()
                        ? "nobody has it"
                        : held.get(0).aggregateId + " has it for command " + held.get(0).commandId);
    }
}
