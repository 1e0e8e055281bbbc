package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.history.OutcomeEntry;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what mirrors made of aggregates, until it is to be forgotten. */
final class OutcomeUpdates implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeUpdates.class);

    private final Wire wire;
    private final RegistryOutage outage;
    private final WorkedPartitions worked;
    private ProcessorContext<Void, Void> context;
    private KeptOutcomes outcomes;
    private KeyValueStore<String, UserView> users;
    private WorkedPartitions.Loan loan;

    OutcomeUpdates(Wire wire, RegistryOutage outage, WorkedPartitions worked) {
        this.wire = wire;
        this.outage = outage;
        this.worked = worked;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        outcomes = new KeptOutcomes(context.getStateStore(OutcomeEntry.STORE), wire, outage);
        users = context.getStateStore(ViewModel.viewStore(Aggregate.USERS));
        loan = worked.lend(Side.BY_ID, context, List.of(OutcomeEntry.STORE));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var key = Optional.ofNullable(record.key()).flatMap(OutcomeEntry::key);
        if (key.isEmpty()) {
            var at = context.recordMetadata().orElseThrow();
            LOG.warn(
                    "{}-{}@{} has a key that is not like KEYCLOAK/users/u-1@3, and is passed over",
                    at.topic(),
                    at.partition(),
                    at.offset());
        } else if (record.value() == null) {
            outcomes.forget(key.get());
        } else {
            keep(key.get(), record.value());
        }
        worked.applied(Side.BY_ID, context.taskId().partition(), context.currentSystemTimeMs());
    }

    private void keep(String key, byte[] bytes) {
        var outcome = outcomes.read(bytes);
        if (erased(outcome)
                .map(version -> KeptOutcomes.outlives(outcome, version))
                .orElse(true)) {
            outcomes.put(key, outcome, bytes);
        }
    }

    /** The version that erased the user whom an outcome is about; empty if none has, so far. */
    private Optional<Long> erased(MirrorOutcome outcome) {
        return outcome.getAggregateType() == AggregateType.USER
                ? Optional.ofNullable(users.get(outcome.getAggregateId()))
                        .filter(user -> user.getState().getStatus() == UserStatus.ERASED)
                        .map(user -> user.getApplied().getVersion())
                : Optional.empty();
    }

    @Override
    public void close() {
        loan.close();
    }
}
