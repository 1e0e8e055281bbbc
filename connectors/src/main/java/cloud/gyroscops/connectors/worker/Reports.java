package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.ParkedAggregate;
import cloud.gyroscops.contract.mirror.PartitionStatus;
import cloud.gyroscops.contract.mirror.PendingWork;
import java.time.Instant;

/** Tells all instances how a partition is: regularly; and at once, what is parked. */
final class Reports {

    private static final long EVERY_MS = 1_000;
    private static final long AT_LEAST_EVERY_MS = 10_000;

    private final int partition;
    private final MirrorTarget target;
    private final Ledger ledger;
    private final Gate gate;
    private final Calls calls;
    private final Outlet outlet;
    private long lookedAt;
    private long toldAt;
    private PartitionStatus told;
    private MirrorError waitsBecause;
    private Instant lastSuccess;
    private boolean changed;

    Reports(int partition, MirrorTarget target, Ledger ledger, Gate gate, Calls calls, Outlet outlet) {
        this.partition = partition;
        this.target = target;
        this.ledger = ledger;
        this.gate = gate;
        this.calls = calls;
        this.outlet = outlet;
    }

    void succeeded(long now) {
        waitsBecause = null;
        lastSuccess = Instant.ofEpochMilli(now);
    }

    /** Something happened that operators should see at once. */
    void changed() {
        changed = true;
    }

    void tell(long now) {
        if (now - lookedAt < EVERY_MS && !(changed && told != null && told.getPausedUntil() == null)) {
            return;
        }
        changed = false;
        var status = new PartitionStatus(
                partition,
                ledger.waiting(),
                (long) calls.underWay(),
                (long) ledger.parkedAggregates(),
                ledger.oldest().map(PendingWork::getSince).orElse(null),
                lastSuccess,
                gate.circuit().getState().name(),
                gate.pausedUntil(now).orElse(null),
                gate.because().orElse(waitsBecause),
                told == null ? Instant.EPOCH : told.getAt());
        if (!status.equals(told) || now - toldAt >= AT_LEAST_EVERY_MS) {
            status.setAt(Instant.ofEpochMilli(now));
            outlet.status(target + "/partition/" + partition, new MirrorStatus(target, status));
            told = status;
            toldAt = now;
        }
        lookedAt = now;
    }

    /** Work waits for other work, for longer than that should take; null: it does not any more. */
    void waits(MirrorError because) {
        waitsBecause = because;
    }

    void parked(Name name, MirroredAggregate row) {
        var because = row.getParked();
        outlet.status(
                key(name),
                new MirrorStatus(
                        target,
                        new ParkedAggregate(
                                name.aggregate().type(),
                                name.id(),
                                row.getOrganizationId(),
                                because.getVersion(),
                                because.getEventType(),
                                because.getOperation(),
                                because.getSince(),
                                because.getAttempts(),
                                because.getError(),
                                row.getWaiting())));
    }

    void unparked(Name name) {
        outlet.status(key(name), null);
    }

    private String key(Name name) {
        return target + "/parked/" + name;
    }
}
