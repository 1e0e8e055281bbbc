package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the events of one partition, and proves on the way that each aggregate's are there, in order, under their keys.
 * What is not where it should be is told and left out.
 */
final class Folding {

    private final Rules<?> rules;
    private final int partitions;
    private final Findings findings;
    private final Map<String, Stream> streams = new HashMap<>();

    Folding(Rules<?> rules, int partitions, Findings findings) {
        this.rules = rules;
        this.partitions = partitions;
        this.findings = findings;
    }

    Collection<Stream> streams() {
        return streams.values();
    }

    /** The aggregate; null if it has no events so far. */
    Stream stream(String id) {
        return streams.get(id);
    }

    void add(Records.Event record, boolean settled, List<? extends EventInvariant> invariants) {
        if (record.event() == null) {
            tombstone(record);
            return;
        }
        findings.checked(Invariant.VERSIONS);
        var misplaced = misplaced(record);
        if (misplaced != null) {
            findings.violated(Invariant.VERSIONS, record.place(), misplaced);
            return;
        }
        var header = record.event().header();
        var stream = streams.computeIfAbsent(header.getAggregateId(), id -> new Stream(id, rules.initial()));
        if (!isNext(stream, record)) {
            return;
        }
        var payload = record.event().payload();
        boolean erases = payload instanceof UserErased;
        var before = stream.state;
        // Erasure leaves the same of whatever was before.
        var after = before == null && !erases ? null : rules.evolve(before == null ? rules.initial() : before, payload);
        var step = new Step(record, settled, stream, before, after);
        invariants.forEach(invariant -> invariant.check(step));
        stream.version = header.getVersion();
        stream.settledVersion = settled ? stream.version : stream.settledVersion;
        stream.last = record.place();
        stream.occurredAt = header.getOccurredAt();
        stream.causationId = header.getCausationId();
        stream.state = after;
        stream.erased = erases;
    }

    private boolean isNext(Stream stream, Records.Event record) {
        long version = record.event().header().getVersion();
        if (stream.erased) {
            findings.violated(
                    Invariant.VERSIONS, record.place(), "event " + record.key() + " comes after the user's erasure");
            return false;
        }
        if (version <= stream.version) {
            findings.violated(
                    Invariant.VERSIONS,
                    record.place(),
                    "event " + record.key() + " comes again, or after version " + stream.version + " at "
                            + stream.last);
            return false;
        }
        if (version > stream.version + 1) {
            stream.state = null;
            stream.rest = List.of();
            stream.unlessErased(
                    Invariant.VERSIONS,
                    record.place(),
                    "event " + record.key() + " comes after version " + stream.version + "; those between are missing");
        }
        return true;
    }

    private void tombstone(Records.Event record) {
        findings.checked(Invariant.VERSIONS);
        int at = record.key().lastIndexOf('@');
        var digits = record.key().substring(at + 1);
        if (at < 1
                || rules.aggregate() != Aggregate.USERS
                || !digits.matches("[1-9][0-9]{0,17}")
                || partition(record.key().substring(0, at)) != record.place().partition()) {
            findings.violated(
                    Invariant.VERSIONS,
                    record.place(),
                    "a tombstone for " + record.key() + ", which no erasure leaves");
            return;
        }
        var stream = streams.computeIfAbsent(record.key().substring(0, at), id -> new Stream(id, rules.initial()));
        stream.tombstone = Math.max(stream.tombstone, Long.parseLong(digits));
        stream.tombstoned = record.place();
    }

    private String misplaced(Records.Event record) {
        var header = record.event().header();
        var id = header.getAggregateId();
        if (!record.key().equals(EventKey.of(id, header.getVersion())) || header.getVersion() < 1) {
            return "the record's key is " + record.key() + ", its envelope's " + EventKey.of(id, header.getVersion());
        }
        if (!header.getEventId().equals(rules.aggregate().plural() + "/" + record.key())
                || header.getAggregateType() != rules.aggregate().type()) {
            return "event " + record.key() + " has the eventId " + header.getEventId() + " and the type "
                    + header.getAggregateType();
        }
        if (partition(id) != record.place().partition()) {
            return "event " + record.key() + " belongs into partition " + partition(id);
        }
        return null;
    }

    private int partition(String id) {
        return EventPartitioner.partition(id, partitions);
    }

    /** All is read: what only erasure excuses is excused now, or not. */
    void end(List<? extends EventInvariant> invariants) {
        for (var stream : streams.values()) {
            if (!stream.erased) {
                stream.unlessErased.forEach(findings::violated);
                stream.unlessErased = List.of();
            }
            if (stream.tombstoned != null && !(stream.erased && stream.tombstone < stream.version)) {
                findings.violated(
                        Invariant.VERSIONS,
                        stream.tombstoned,
                        stream.erased
                                ? "the tombstone for version " + stream.tombstone + " of " + stream.id
                                        + " hides its erasure, version " + stream.version
                                : "events of " + stream.id + " were removed, but it is not erased");
            }
            invariants.forEach(invariant -> invariant.end(stream));
        }
    }
}
