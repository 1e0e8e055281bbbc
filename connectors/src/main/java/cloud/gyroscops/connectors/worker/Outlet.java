package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import java.util.Optional;

/** Where a worker writes to, beside its stores: in the same transaction. */
interface Outlet {

    void outcome(MirrorOutcome outcome, Optional<String> traceparent);

    /** That an outcome is to be forgotten. */
    void forgetOutcome(Name name, long sequence);

    /** How something is now; null: it is no more. */
    void status(String key, MirrorStatus status);

    void fact(Fact fact, Optional<String> traceparent);
}
