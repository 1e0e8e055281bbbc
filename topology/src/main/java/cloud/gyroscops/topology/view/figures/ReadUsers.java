package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.ZoneId;

/** What a partition knows of a scope's users, with their days in a zone. */
record ReadUsers(Kept kept, String scope, Span span, String zone) implements Question<UserSums> {

    @Override
    public Side side() {
        return kept.side();
    }

    @Override
    public UserSums answer(PartitionStores stores) {
        return new UserSumming(stores.<String, UserFigures>keyValue(kept.users()), scope, span)
                .dayByDay(ZoneId.of(zone));
    }
}
