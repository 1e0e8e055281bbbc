package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;

/**
 * Waits where the answer will be for a version to be applied: whether it came in time.
 *
 * @param patience how long at most
 */
record AwaitVersion(Side side, Token token, Duration patience) implements Question<Boolean> {

    private static final long PAUSE_NANOS = 2_000_000;

    @Override
    public Question<Boolean> within(Duration most) {
        return patience.compareTo(most) <= 0 ? this : new AwaitVersion(side, token, most);
    }

    @Override
    public Boolean answer(PartitionStores stores) {
        long until = System.nanoTime() + patience.toNanos();
        while (!satisfied(stores)) {
            if (System.nanoTime() >= until) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private boolean satisfied(PartitionStores stores) {
        return applied(stores) >= token.version() && (!(stores instanceof CopiedStores copy) || copy.hold(token));
    }

    private long applied(PartitionStores stores) {
        if (side == Side.BY_ORGANIZATION) {
            Long version = stores.<String, Long>keyValue(AppliedVersions.STORE)
                    .get(AppliedVersions.key(token.aggregate(), token.id()));
            return version == null ? 0 : version;
        }
        var view = stores.<String, SpecificRecord>keyValue(ViewModel.viewStore(token.aggregate()))
                .get(token.id());
        return view == null ? 0 : ((Applied) view.get(0)).getVersion();
    }
}
