package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.topology.view.partition.Projection;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Applies each change to all projections, and hands it on. */
final class ProjectionUpdates implements ProcessorSupplier<String, ViewChange, String, ViewChange> {

    private final Side side;
    private final WorkedPartitions worked;
    private final List<Projection> projections;

    ProjectionUpdates(Side side, WorkedPartitions worked, List<Projection> projections) {
        this.side = side;
        this.worked = worked;
        this.projections = List.copyOf(projections);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        // Sorted: the order shows in the topology's description.
        var stores = new TreeSet<StoreBuilder<?>>(Comparator.comparing(StoreBuilder::name));
        projections.forEach(projection -> stores.addAll(projection.stores()));
        return stores;
    }

    @Override
    public Processor<String, ViewChange, String, ViewChange> get() {
        return new ContextualProcessor<>() {
            private List<Projection.Updates> updates;
            private WorkedPartitions.Loan loan;
            private WorkedPartitions.Work work;

            @Override
            public void init(ProcessorContext<String, ViewChange> context) {
                super.init(context);
                updates = projections.stream()
                        .map(projection -> projection.open(new Projection.Stores() {
                            @Override
                            public <S extends StateStore> S store(String name) {
                                return context.getStateStore(name);
                            }
                        }))
                        .toList();
                loan = worked.lend(
                        side, context, stores().stream().map(StoreBuilder::name).toList());
                work = worked.begin(side, context.taskId().partition());
            }

            @Override
            public void process(Record<String, ViewChange> record) {
                updates.forEach(each -> each.apply(record.value()));
                context().forward(record);
                work.applied(context().currentSystemTimeMs());
            }

            @Override
            public void close() {
                work.close();
                loan.close();
            }
        };
    }
}
