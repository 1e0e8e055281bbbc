package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The view of an aggregate. */
record FindView(Aggregate aggregate, String id) implements Question<Optional<SpecificRecord>> {

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public Optional<SpecificRecord> answer(PartitionStores stores) {
        return Optional.ofNullable(stores.<String, SpecificRecord>keyValue(ViewModel.viewStore(aggregate))
                .get(id));
    }
}
