package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds the stored states of one partition, from their changelog, against the folded events. */
final class Stored implements EventInvariant {

    private final Rules<?> rules;
    private final Folding folding;
    private final Findings findings;
    private final Map<String, State> states = new HashMap<>();

    Stored(Rules<?> rules, Folding folding, Findings findings) {
        this.rules = rules;
        this.folding = folding;
        this.findings = findings;
    }

    /** What the last record says. */
    private record State(long version, long hash, boolean claimed, Place place) {}

    /** Takes a record of the changelog; the last one of an aggregate counts. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        var id = Records.text(record.key());
        try {
            var stored = rules.stored(record.value());
            if (stored == null) {
                states.remove(id);
                return;
            }
            states.put(
                    id,
                    new State(
                            stored.progress().getVersion(),
                            RecordHash.of(stored.state()),
                            claimed(stored),
                            Place.of(record)));
        } catch (MalformedRecordException e) {
            findings.violated(Invariant.STATES, Place.of(record), "the stored state cannot be read: " + e.getMessage());
        }
    }

    /** Whether the aggregate has noted the claims that its state needs, and no others. */
    private boolean claimed(StoredState<? extends SpecificRecord> stored) {
        var noted =
                stored.progress().getClaims().stream().map(HeldClaim::getClaim).collect(Collectors.toSet());
        return noted.equals(Set.copyOf(rules.claims(stored.state())));
    }

    @Override
    public void check(Step step) {
        var stored = states.get(step.stream().id);
        if (stored != null && stored.version == step.record().event().header().getVersion()) {
            compare(stored, step.stream().id, step.after());
        }
    }

    private void compare(State stored, String id, SpecificRecord folded) {
        findings.checked(Invariant.STATES);
        if (folded != null && stored.hash != RecordHash.of(folded)) {
            findings.violated(
                    Invariant.STATES,
                    stored.place,
                    "the stored state of " + id + " at version " + stored.version
                            + " is another one than its events make");
        }
    }

    /** The events may have gone on after the changelog's end was fixed, but not the other way round. */
    @Override
    public void end(Stream stream) {
        var stored = states.get(stream.id);
        if (stream.settledVersion > 0 && (stored == null || stored.version < stream.settledVersion)) {
            findings.violated(
                    Invariant.STATES,
                    stored == null ? stream.last : stored.place,
                    stored == null
                            ? stream.id + " has events, but no stored state"
                            : "the stored state of " + stream.id + " is at version " + stored.version
                                    + ", its events are at " + stream.version);
        }
    }

    /** What is stored beyond the events. */
    void tellMore() {
        states.forEach((id, stored) -> {
            if (!stored.claimed) {
                findings.violated(
                        Invariant.CLAIMS,
                        stored.place,
                        "the stored state of " + id + " notes other claims than it needs");
            }
            var stream = folding.stream(id);
            long version = stream == null ? 0 : stream.version;
            if (stored.version > version) {
                findings.violated(
                        Invariant.STATES,
                        stored.place,
                        "the stored state of " + id + " is at version " + stored.version + ", its events end at "
                                + version);
            } else if (stored.version == 0) {
                compare(stored, id, rules.initial());
            }
        });
    }
}
