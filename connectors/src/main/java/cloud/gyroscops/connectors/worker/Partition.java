package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.CompareObject;
import cloud.gyroscops.contract.mirror.DiscardParked;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.FinishComparison;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.mirror.ParkedBecause;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.mirror.ReplayAll;
import cloud.gyroscops.contract.mirror.RetryParked;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the log on its way to a target. Whatever comes is in the stores before it is done, and leaves them in the
 * transaction that writes its outcome: after a crash it is done again.
 */
final class Partition {

    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

    private static final int MOST_ENDED_AT_ONCE = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long LONG_WAIT_MS = 5_000;

    private final Target target;
    private final WorkerSettings settings;
    private final Gate gate;
    private final Calls calls;
    private final Ledger ledger;
    private final Outlet outlet;
    private final MirrorMeters meters;
    private final Lanes lanes;
    private final Runs runs;
    private final Reports reports;
    private final IntervalFunction pauses;
    /** From where on work is in the store only. */
    private long cursor = 1;

    private boolean allInMemory;

    Partition(
            int number,
            Target target,
            WorkerSettings settings,
            Gate gate,
            Calls calls,
            Ledger ledger,
            Outlet outlet,
            MirrorMeters meters) {
        this.target = target;
        this.settings = settings;
        this.gate = gate;
        this.calls = calls;
        this.ledger = ledger;
        this.outlet = outlet;
        this.meters = meters;
        lanes = new Lanes(settings.placesInMemory());
        runs = new Runs(number, target, ledger, outlet, this::append);
        reports = new Reports(number, target.name(), ledger, gate, calls, outlet);
        pauses = IntervalFunction.ofExponentialRandomBackoff(
                settings.firstPause().toMillis(), 2, settings.longestPause().toMillis());
        refill();
    }

    /** An event of the log. */
    void event(Incoming.OfEvent incoming) {
        var event = incoming.event();
        var name = new Name(incoming.aggregate(), event.header().getAggregateId());
        var row = ledger.find(name).orElseGet(Partition::unknown);
        if (event.header().getVersion() <= row.getReceived()) {
            return;
        }
        row.setReceived(event.header().getVersion());
        if (event.payload() instanceof UserErased) {
            forget(name, row);
        }
        if (row.getParked() == null && row.getWaiting() == 0 && !concerns(after(name, row, List.of(event)), event)) {
            fold(name, row, event);
            ledger.put(name, row);
            return;
        }
        row.setWaiting(row.getWaiting() + 1);
        ledger.put(name, row);
        var work = new PendingWork(
                incoming.aggregate().type(),
                name.id(),
                event.header().getOccurredAt(),
                incoming.aggregate().envelope(event),
                0,
                incoming.traceparent().orElse(null));
        if (row.getParked() == null) {
            append(work);
        } else {
            ledger.park(name, work);
            reports.parked(name, row);
        }
    }

    /** What an operator or a comparison asks for. */
    void control(MirrorControl control) {
        var payload = control.getPayload();
        if (payload instanceof RetryParked) {
            retry(control);
        } else if (payload instanceof DiscardParked) {
            discard(control);
        } else if (payload instanceof CompareObject compare) {
            runs.compare(control, compare);
        } else if (payload instanceof ReplayAll || payload instanceof FinishComparison) {
            runs.begin(control);
        } else {
            throw new IllegalStateException("a newer release asks for " + payload + "; update this one");
        }
    }

    /** Settles what has ended, and begins what can be. */
    void work(long now) {
        for (int count = 0; count < MOST_ENDED_AT_ONCE; count++) {
            var ended = calls.next();
            if (ended == null) {
                break;
            }
            settle(ended, now);
        }
        if (lanes.roomy()) {
            runs.sweep();
            refill();
        }
        begin(now);
        reports.tell(now);
        runs.tell(now);
    }

    /** Whether there is nothing to do until something comes. */
    boolean idle() {
        return allInMemory && lanes.isEmpty() && calls.underWay() == 0 && runs.isEmpty();
    }

    private void begin(long now) {
        while (calls.underWay() < settings.lanes()) {
            var next = lanes.next(now);
            if (next.isEmpty()) {
                return;
            }
            var lane = next.get();
            var name = Name.of(lane.name());
            var work = ledger.work(lane.first());
            var row = ledger.find(name).orElseGet(Partition::unknown);
            lane.take(1);
            var waiting = eventsThatWait(lane);
            if (waiting.size() > 1) {
                lane.take(waiting.size());
                var latest = after(name, row, waiting);
                if (!call(lane, () -> target.replay(latest), now)) {
                    return;
                }
            } else if (work.getWork() instanceof MirrorControl) {
                if (!call(lane, call(name, row, (MirrorControl) work.getWork()), now)) {
                    return;
                }
            } else {
                var event = event(work);
                var subject = after(name, row, List.of(event));
                if (!concerns(subject, event)) {
                    fold(name, row, event);
                    row.setWaiting(row.getWaiting() - 1);
                    ledger.put(name, row);
                    finish(lane);
                } else if (!call(lane, call(subject, work, event), now)) {
                    return;
                }
            }
        }
    }

    private boolean call(Lanes.Lane lane, Callable<Effect> call, long now) {
        var pass = gate.opens(now);
        if (pass.isEmpty() || !calls.call(lane, pass.get(), call, now)) {
            lanes.putBack(lane);
            return false;
        }
        return true;
    }

    /** The events of a lane that waits for others; none where each counts, or nothing is waited for. */
    private List<EventMessage> eventsThatWait(Lanes.Lane lane) {
        if (lane.waitsSince() == 0 || !target.followsStateAlone()) {
            return List.of();
        }
        var events = new ArrayList<EventMessage>();
        for (long place : lanes.places(lane.name())) {
            var work = ledger.work(place);
            if (work.getWork() instanceof MirrorControl) {
                break;
            }
            events.add(event(work));
        }
        return events;
    }

    private Callable<Effect> call(Subject subject, PendingWork work, EventMessage event) {
        var change = new Change(event, work.getAttempts() + 1, Optional.ofNullable(work.getTraceparent()));
        return () -> target.mirror(subject, change);
    }

    private Callable<Effect> call(Name name, MirroredAggregate row, MirrorControl control) {
        var subject = subject(name, row);
        if (control.getPayload() instanceof ReplayAll) {
            return () -> target.replay(subject);
        }
        if (control.getPayload() instanceof CompareObject compare) {
            var seen = Optional.of(compare.getExternalId());
            return () -> target.compare(subject, seen, compare.getDryRun());
        }
        boolean dryRun = ((FinishComparison) control.getPayload()).getDryRun();
        return () -> target.compare(subject, Optional.empty(), dryRun);
    }

    private void settle(Calls.Ended ended, long now) {
        var lane = ended.lane();
        var name = Name.of(lane.name());
        var work = ledger.work(ended.place());
        if (ended.defect() instanceof InterruptedException) {
            lanes.later(lane, now);
            return;
        }
        if (ended.failure() instanceof TargetException.Unavailable failure) {
            unavailable(lane, name, work, failure, ended.pausedUntil(), now);
            return;
        }
        if (ended.effect() != null) {
            var row = ledger.find(name).orElseGet(Partition::unknown);
            for (int passed = lane.taken(); passed > 1; passed--) {
                passOver(name, row, ledger.work(lane.first()), ended.effect(), now);
                ledger.done(lane.first());
                lanes.pass(lane);
            }
            done(name, row, ledger.work(lane.first()), ended.effect(), ended.tookNanos(), now);
            finish(lane);
        } else if (ended.failure() instanceof TargetException.NotYet failure) {
            lane.waitsFrom(now);
            if (now - lane.waitsSince() > settings.patience().toMillis()) {
                work.setAttempts(work.getAttempts() + 1);
                giveUp(lane, name, work, failure.error(), now);
            } else {
                if (now - lane.waitsSince() > LONG_WAIT_MS) {
                    reports.waits(failure.error());
                }
                lanes.later(lane, now + pauses.apply(lane.waits() + 1));
            }
        } else if (ended.failure() instanceof TargetException.Refused failure) {
            work.setAttempts(work.getAttempts() + 1);
            giveUp(lane, name, work, failure.error(), now);
        } else {
            var error = ended.failed()
                    .map(TargetException::error)
                    .orElseGet(() -> new MirrorError(
                            "DEFECT",
                            ended.defect().getClass().getSimpleName() + "; the log of the sidecar says more",
                            null));
            failed(lane, name, work, error, now);
        }
    }

    /**
     * While the target serves nobody, no attempts are used up. If it has served others whose calls began after this piece of
     * work had failed last, that fails for reasons of its own; unless there was just too much of everything.
     */
    private void unavailable(
            Lanes.Lane lane, Name name, PendingWork work, TargetException.Unavailable failure, long until, long now) {
        reports.changed();
        long othersDone = gate.successes();
        boolean tooMuch = failure.retryAfter().isPresent() || failure.status().orElse(0) == TOO_MANY_REQUESTS;
        boolean own = !tooMuch && lane.othersDone() >= 0 && othersDone > lane.othersDone();
        lane.failed(othersDone);
        if (own) {
            failed(lane, name, work, failure.error(), now);
        } else {
            LOG.debug("{}: {} waits until {}: {}", target.name(), name, until, failure.getMessage());
            // Behind others that wait as well: not always the same one shall find out whether the target is back.
            lanes.later(lane, until + 1);
        }
    }

    private void failed(Lanes.Lane lane, Name name, PendingWork work, MirrorError error, long now) {
        int attempts = work.getAttempts() + 1;
        work.setAttempts(attempts);
        if (attempts >= settings.attempts()) {
            giveUp(lane, name, work, error, now);
            return;
        }
        ledger.update(lane.first(), work);
        var row = ledger.find(name).orElseGet(Partition::unknown);
        record(name, row, work, OutcomeKind.RETRIED, operation(work), error, now);
        ledger.put(name, row);
        lanes.later(lane, now + pauses.apply(attempts));
    }

    /** An event parks its aggregate; what was asked for beside the log is dropped, and told. */
    private void giveUp(Lanes.Lane lane, Name name, PendingWork work, MirrorError error, long now) {
        var row = ledger.find(name).orElseGet(Partition::unknown);
        if (work.getWork() instanceof MirrorControl control) {
            record(name, row, work, OutcomeKind.RETRIED, operation(work), error, now);
            row.setWaiting(row.getWaiting() - 1);
            ledger.put(name, row);
            runs.failed(control);
            finish(lane);
            return;
        }
        var event = event(work);
        var places = places(name, row);
        if (places.stream().skip(1).map(ledger::work).anyMatch(Partition::erases)) {
            // Nobody may look at it any more: the erasure is what counts.
            fold(name, row, event);
            row.setWaiting(row.getWaiting() - 1);
            ledger.put(name, row);
            finish(lane);
            return;
        }
        row.setParked(new ParkedBecause(
                event.header().getVersion(),
                event.payload().getSchema().getName(),
                operation(work),
                Instant.ofEpochMilli(now),
                work.getAttempts(),
                error));
        record(name, row, work, OutcomeKind.PARKED, operation(work), error, now);
        ledger.put(name, row);
        lanes.later(lane, now);
        lanes.drop(lane.name());
        ledger.parkAll(name, places);
        reports.parked(name, row);
        LOG.warn("{}: {} is parked: {} {}", target.name(), name, error.getCode(), error.getMessage());
    }

    /** Where all work of an aggregate that is not parked is in line. */
    private List<Long> places(Name name, MirroredAggregate row) {
        var places = new ArrayList<>(lanes.places(name.toString()));
        if (places.size() < row.getWaiting()) {
            places.addAll(ledger.places(name, cursor));
        }
        return places;
    }

    private void done(Name name, MirroredAggregate row, PendingWork work, Effect effect, long tookNanos, long now) {
        for (var finding : effect.findings()) {
            finding(name, row, work, finding, effect, now);
        }
        row.setWaiting(row.getWaiting() - 1);
        if (!isLook(work)) {
            row.setExternalId(effect.externalId().orElse(null));
            row.setMirrored(effect.mirrored());
            row.setMirroredAt(Instant.ofEpochMilli(now));
        }
        if (work.getWork() instanceof MirrorControl control) {
            runs.done(control, effect);
            if (control.getPayload() instanceof ReplayAll) {
                outcome(name, row, work, effect, tookNanos, now);
            }
        } else {
            fold(name, row, event(work));
            outcome(name, row, work, effect, tookNanos, now);
        }
        ledger.put(name, row);
        for (var fact : effect.facts()) {
            outlet.fact(fact, Optional.ofNullable(work.getTraceparent()));
        }
        reports.succeeded(now);
    }

    /** An event whose effect is part of a later one's. */
    private void passOver(Name name, MirroredAggregate row, PendingWork work, Effect effect, long now) {
        row.setWaiting(row.getWaiting() - 1);
        fold(name, row, event(work));
        record(name, row, work, OutcomeKind.MIRRORED, effect.operation(), null, now);
    }

    /** Whether nothing was changed there: what had been mirrored last still is what changes are told by. */
    private static boolean isLook(PendingWork work) {
        return work.getWork() instanceof MirrorControl control && Runs.isLook(control);
    }

    /** The work at the head of a lane is done. */
    private void finish(Lanes.Lane lane) {
        ledger.done(lane.first());
        lanes.done(lane);
    }

    private void outcome(Name name, MirroredAggregate row, PendingWork work, Effect effect, long tookNanos, long now) {
        record(name, row, work, effect.kind(), effect.operation(), null, List.of(), tookNanos, now);
    }

    private void finding(Name name, MirroredAggregate row, PendingWork work, Finding finding, Effect effect, long now) {
        if (!isLook(work)) {
            effect.externalId().ifPresent(row::setExternalId);
        }
        record(name, row, work, finding.kind(), finding.operation(), null, finding.differences(), -1, now);
    }

    private void record(
            Name name,
            MirroredAggregate row,
            PendingWork work,
            OutcomeKind kind,
            String operation,
            MirrorError error,
            long now) {
        record(name, row, work, kind, operation, error, List.of(), -1, now);
    }

    private void record(
            Name name,
            MirroredAggregate row,
            PendingWork work,
            OutcomeKind kind,
            String operation,
            MirrorError error,
            List<FieldDifference> differences,
            long tookNanos,
            long now) {
        meters.outcome(kind);
        outlet.outcome(
                Outcomes.of(target.name(), name, row, work, kind, operation, error, differences, tookNanos, now),
                Optional.ofNullable(work.getTraceparent()));
    }

    private void retry(MirrorControl control) {
        var name = Name.of(control.getAggregateType(), control.getAggregateId());
        var row = ledger.find(name).orElseGet(Partition::unknown);
        var version = ((RetryParked) control.getPayload()).getVersion();
        if (row.getParked() == null
                || version != null && version != row.getParked().getVersion()) {
            return;
        }
        resume(name, row, control, OutcomeKind.RESUMED, ledger.unpark(name));
    }

    private void discard(MirrorControl control) {
        var name = Name.of(control.getAggregateType(), control.getAggregateId());
        var row = ledger.find(name).orElseGet(Partition::unknown);
        if (row.getParked() == null
                || ((DiscardParked) control.getPayload()).getVersion()
                        != row.getParked().getVersion()
                || row.getParked().getEventType().equals(UserErased.class.getSimpleName())) {
            // Asked twice, or of something else by now; and an erasure is no matter of choice.
            return;
        }
        var works = ledger.unpark(name);
        fold(name, row, event(works.get(0)));
        row.setWaiting(row.getWaiting() - 1);
        resume(name, row, control, OutcomeKind.DISCARDED, works.subList(1, works.size()));
    }

    private void resume(
            Name name, MirroredAggregate row, MirrorControl control, OutcomeKind kind, List<PendingWork> works) {
        var parked = row.getParked();
        meters.outcome(kind);
        outlet.outcome(Outcomes.ofControl(target.name(), name, row, control, kind, parked), Optional.empty());
        row.setParked(null);
        ledger.put(name, row);
        reports.unparked(name);
        for (var work : works) {
            work.setAttempts(0);
            append(work);
        }
    }

    /** Nothing of an erased user is told any more but that it was erased. */
    private void forget(Name name, MirroredAggregate row) {
        if (row.getParked() != null) {
            row.setWaiting(row.getWaiting() - ledger.unpark(name).size());
            row.setParked(null);
            reports.unparked(name);
        }
        if (row.getWaiting() == 0) {
            return;
        }
        boolean busy = lanes.busy(name.toString());
        var places = places(name, row);
        // What is being done ends by itself, and the erasure comes behind it.
        for (long place : busy ? places.subList(1, places.size()) : places) {
            if (ledger.work(place).getWork() instanceof MirrorControl control) {
                runs.failed(control);
            }
            ledger.done(place);
            row.setWaiting(row.getWaiting() - 1);
        }
        lanes.drop(name.toString());
    }

    private void append(PendingWork work) {
        long place = ledger.append(work);
        allInMemory &= !lanes.full();
        if (allInMemory) {
            hold(place, work);
        }
    }

    private void hold(long place, PendingWork work) {
        cursor = place + 1;
        if (work.getAggregateId().isEmpty()) {
            runs.goOnWith(place, (MirrorControl) work.getWork());
        } else {
            lanes.add(Name.of(work.getAggregateType(), work.getAggregateId()).toString(), place);
        }
    }

    /** Takes work into memory that was left in the store. */
    private void refill() {
        if (!allInMemory && lanes.roomy()) {
            ledger.from(cursor, this::hold, lanes::full);
            allInMemory = !lanes.full();
        }
    }

    private boolean concerns(Subject subject, EventMessage event) {
        return event.header().getOrigin() != target.origin() && target.concerns(subject, event);
    }

    private void fold(Name name, MirroredAggregate row, EventMessage event) {
        var header = event.header();
        meters.folded(name.aggregate(), row, event);
        row.setState(Folding.evolve(name.aggregate(), state(row), event.payload()));
        row.setVersion(header.getVersion());
        if (!header.getOrganizationId().isEmpty()) {
            row.setOrganizationId(header.getOrganizationId());
        }
        if (row.getCreatedAt() == null) {
            row.setCreatedAt(header.getOccurredAt());
        }
        if (event.payload() instanceof UserErased) {
            row.setMirrored(Map.of());
            for (long sequence = 1; sequence <= row.getSequence(); sequence++) {
                outlet.forgetOutcome(name, sequence);
            }
        }
    }

    /** An aggregate as events leave it. */
    private static Subject after(Name name, MirroredAggregate row, List<EventMessage> events) {
        var state = state(row);
        for (var event : events) {
            state = Folding.evolve(name.aggregate(), state, event.payload());
        }
        var last = events.get(events.size() - 1).header();
        var organization = last.getOrganizationId();
        return subject(
                name, row, organization.isEmpty() ? row.getOrganizationId() : organization, last.getVersion(), state);
    }

    /** An aggregate as the target should have it by now. */
    static Subject subject(Name name, MirroredAggregate row) {
        return subject(name, row, row.getOrganizationId(), row.getVersion(), state(row));
    }

    private static Subject subject(
            Name name, MirroredAggregate row, String organization, long version, SpecificRecord state) {
        return new Subject(
                name.aggregate(),
                name.id(),
                organization,
                version,
                state,
                Optional.ofNullable(row.getExternalId()),
                Map.copyOf(row.getMirrored()),
                Optional.ofNullable(row.getMirroredAt()));
    }

    private static SpecificRecord state(MirroredAggregate row) {
        return (SpecificRecord) row.getState();
    }

    private static EventMessage event(PendingWork work) {
        return Aggregate.of(work.getAggregateType()).event((SpecificRecord) work.getWork());
    }

    private static boolean erases(PendingWork work) {
        return !(work.getWork() instanceof MirrorControl) && event(work).payload() instanceof UserErased;
    }

    /** What a piece of work is called where nothing was done. */
    static String operation(PendingWork work) {
        return work.getWork() instanceof MirrorControl control
                ? control.getPayload().getClass().getSimpleName()
                : event(work).payload().getSchema().getName();
    }

    private static MirroredAggregate unknown() {
        return new MirroredAggregate("", null, 0L, null, 0L, 0L, null, Map.of(), null, null, 0L, "");
    }
}
