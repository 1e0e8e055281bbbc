package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.contract.mirror.CompareObject;
import cloud.gyroscops.contract.mirror.FinishComparison;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.mirror.ReplayAll;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.contract.mirror.UnknownObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replays and comparisons, as far as one partition takes part: its aggregates one by one, through their lanes. One that was
 * interrupted begins again, which does nothing twice.
 */
final class Runs {

    private static final int AT_A_TIME = 200;
    private static final long TELL_EVERY_MS = 500;
    private static final int KEPT = 20;

    private final int partition;
    private final Target target;
    private final Ledger ledger;
    private final Outlet outlet;
    private final Consumer<PendingWork> lanes;
    private final Deque<Sweep> sweeps = new ArrayDeque<>();
    private final Map<String, RunStatus> untold = new HashMap<>();
    private long toldAt;

    /** A walk over all aggregates of the partition. */
    private static final class Sweep {
        private final long place;
        private final MirrorControl control;
        private Optional<Name> last = Optional.empty();

        private Sweep(long place, MirrorControl control) {
            this.place = place;
            this.control = control;
        }
    }

    Runs(int partition, Target target, Ledger ledger, Outlet outlet, Consumer<PendingWork> lanes) {
        this.partition = partition;
        this.target = target;
        this.ledger = ledger;
        this.outlet = outlet;
        this.lanes = lanes;
    }

    /** The target has shown an object. */
    void compare(MirrorControl control, CompareObject compare) {
        var run = run(compare.getRunId(), control.getAt());
        var name = Name.of(control.getAggregateType(), control.getAggregateId());
        var row = ledger.find(name);
        if (row.isEmpty()) {
            // It bears an id that nobody here ever had: told, and left alone.
            run.setCompared(run.getCompared() + 1);
            run.setExtra(run.getExtra() + 1);
            tellUnknown(compare, name, control);
            changed(run);
            return;
        }
        var known = row.get();
        known.setSeenIn(compare.getRunId());
        if (known.getExternalId() != null && !known.getExternalId().equals(compare.getExternalId())) {
            // A second object that bears our id: somebody has to look.
            run.setCompared(run.getCompared() + 1);
            run.setExtra(run.getExtra() + 1);
            tellUnknown(compare, name, control);
        } else if (inFlight(known)) {
            run.setSkipped(run.getSkipped() + 1);
        } else if (target.fingerprint(Partition.subject(name, known)).equals(Optional.of(compare.getFingerprint()))) {
            run.setCompared(run.getCompared() + 1);
        } else {
            put(name, known, control, run);
        }
        ledger.put(name, known);
        changed(run);
    }

    private void tellUnknown(CompareObject compare, Name name, MirrorControl control) {
        var object = new UnknownObject(compare.getExternalId(), "bears " + name, control.getAt(), control.getAt(), 1L);
        outlet.status(target.name() + "/unknown/" + compare.getExternalId(), new MirrorStatus(target.name(), object));
    }

    private static boolean inFlight(MirroredAggregate row) {
        return row.getWaiting() > 0 || row.getParked() != null;
    }

    private void put(Name name, MirroredAggregate row, MirrorControl control, RunStatus run) {
        run.setOutstanding(run.getOutstanding() + 1);
        row.setWaiting(row.getWaiting() + 1);
        lanes.accept(new PendingWork(
                name.aggregate().type(),
                name.id(),
                control.getAt(),
                new MirrorControl(
                        control.getTarget(),
                        name.aggregate().type(),
                        name.id(),
                        control.getActor(),
                        control.getAt(),
                        control.getPayload()),
                0,
                null));
    }

    /** All aggregates of the partition are asked for. */
    void begin(MirrorControl control) {
        for (var old : ledger.runsBut(KEPT)) {
            ledger.forget(old);
            untold.remove(old.getRunId());
            outlet.status(key(old), null);
        }
        changed(run(id(control), control.getAt()));
        long place = ledger.append(new PendingWork(control.getAggregateType(), "", control.getAt(), control, 0, null));
        goOnWith(place, control);
    }

    /** The same, from the store. */
    void goOnWith(long place, MirrorControl control) {
        if (sweeps.stream().noneMatch(sweep -> sweep.place == place)) {
            sweeps.add(new Sweep(place, control));
        }
    }

    /** Whether there is nothing to walk over, or to tell. */
    boolean isEmpty() {
        return sweeps.isEmpty() && untold.isEmpty();
    }

    /** Goes on with the first walk, if there is one. */
    void sweep() {
        var sweep = sweeps.peek();
        if (sweep == null) {
            return;
        }
        var run = run(id(sweep.control), sweep.control.getAt());
        var rows = ledger.after(sweep.last, AT_A_TIME);
        for (var row : rows) {
            visit(row.getKey(), row.getValue(), sweep.control, run);
            sweep.last = Optional.of(row.getKey());
        }
        if (rows.size() < AT_A_TIME) {
            sweeps.poll();
            ledger.done(sweep.place);
            run.setFinished(true);
        }
        changed(run);
    }

    private void visit(Name name, MirroredAggregate row, MirrorControl control, RunStatus run) {
        if (row.getSeenIn().equals(run.getRunId())
                || row.getState() == null
                || target.fingerprint(Partition.subject(name, row)).isEmpty()) {
            return;
        }
        if (inFlight(row)) {
            run.setSkipped(run.getSkipped() + 1);
            return;
        }
        row.setSeenIn(run.getRunId());
        put(name, row, control, run);
        ledger.put(name, row);
    }

    /** A piece of a run's work is done. */
    void done(MirrorControl control, Effect effect) {
        var run = run(id(control), control.getAt());
        run.setOutstanding(run.getOutstanding() - 1);
        run.setCompared(run.getCompared() + 1);
        var findings = effect.findings();
        if (findings.stream().anyMatch(finding -> finding.operation().endsWith(".missing"))) {
            run.setMissing(run.getMissing() + 1);
        } else if (findings.stream().anyMatch(finding -> finding.operation().endsWith(".extra"))) {
            run.setExtra(run.getExtra() + 1);
        } else if (!findings.isEmpty()) {
            run.setDiffering(run.getDiffering() + 1);
        }
        boolean left = findings.stream().anyMatch(finding -> finding.kind() == OutcomeKind.DRIFT_FOUND);
        if (control.getPayload() instanceof ReplayAll || !findings.isEmpty() && !left && !isLook(control)) {
            run.setCorrected(run.getCorrected() + 1);
        }
        changed(run);
    }

    /** A piece of a run's work is given up. */
    void failed(MirrorControl control) {
        var run = run(id(control), control.getAt());
        run.setOutstanding(run.getOutstanding() - 1);
        run.setSkipped(run.getSkipped() + 1);
        changed(run);
    }

    /** Whether nothing is to be changed in the target. */
    static boolean isLook(MirrorControl control) {
        return control.getPayload() instanceof CompareObject compare && compare.getDryRun()
                || control.getPayload() instanceof FinishComparison finish && finish.getDryRun();
    }

    private static String id(MirrorControl control) {
        if (control.getPayload() instanceof ReplayAll replay) {
            return replay.getRunId();
        }
        return control.getPayload() instanceof CompareObject compare
                ? compare.getRunId()
                : ((FinishComparison) control.getPayload()).getRunId();
    }

    private RunStatus run(String id, Instant at) {
        var known = untold.get(id);
        return known != null
                ? known
                : ledger.run(id)
                        .orElseGet(() -> new RunStatus(id, partition, 0L, 0L, 0L, 0L, 0L, 0L, 0L, false, null, at));
    }

    private void changed(RunStatus run) {
        ledger.put(run);
        untold.put(run.getRunId(), run);
    }

    /** Tells how runs are, not more often than anybody looks. */
    void tell(long now) {
        if (untold.isEmpty() || now - toldAt < TELL_EVERY_MS) {
            return;
        }
        toldAt = now;
        untold.values().forEach(run -> {
            run.setAt(Instant.ofEpochMilli(now));
            outlet.status(key(run), new MirrorStatus(target.name(), run));
        });
        untold.clear();
    }

    private String key(RunStatus run) {
        return target.name() + "/run/" + run.getRunId() + '/' + partition;
    }
}
