package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.PaymentFigures;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.Optional;

/** What a partition knows of all of a scope's payments. */
record ReadDashboard(Kept kept, String scope) implements Question<Optional<PaymentFigures>> {

    @Override
    public Side side() {
        return kept.side();
    }

    @Override
    public Optional<PaymentFigures> answer(PartitionStores stores) {
        return Optional.ofNullable(
                stores.<String, PaymentFigures>keyValue(kept.paymentTotals()).get(Keys.total(scope)));
    }
}
