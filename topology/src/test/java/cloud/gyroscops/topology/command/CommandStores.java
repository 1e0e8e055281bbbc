package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.topology.claim.ClaimKey;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of a command topology that runs in a test. */
public final class CommandStores {

    private static final String GIVEN = "given";

    private final TopologyTestDriver driver;
    private final Map<Aggregate, AggregateModel<?>> models;

    public CommandStores(TopologyTestDriver driver, CommandSettings settings) {
        this.driver = driver;
        this.models = AggregateModel.all(settings.paymentTimeToLive(), SchemaHistory.load()).stream()
                .collect(Collectors.toMap(AggregateModel::aggregate, Function.identity()));
    }

    /** How an aggregate is stored, if it is. */
    public Optional<StoredState<?>> stored(Aggregate aggregate, String id) {
        return Optional.ofNullable(states(models.get(aggregate)).get(id));
    }

    /** The state before the first event. */
    public SpecificRecord initial(Aggregate aggregate) {
        return models.get(aggregate).decider().initial();
    }

    /**
     * Stores an aggregate as further events leave it, with the time-out that they bring about.
     *
     * @return the events as they would have been written
     */
    public List<EventMessage> seed(Aggregate aggregate, String id, Instant time, List<SpecificRecord> events) {
        return seed(models.get(aggregate), id, time, events);
    }

    private <S extends SpecificRecord> List<EventMessage> seed(
            AggregateModel<S> model, String id, Instant time, List<SpecificRecord> events) {
        var stored = states(model).get(id);
        var state = stored == null ? model.decider().initial() : stored.state();
        long version = stored == null ? 0 : stored.progress().getVersion();
        var messages = new ArrayList<EventMessage>();
        for (var event : events) {
            state = model.decider().evolve(state, event);
            messages.add(new EventMessage(header(model, id, ++version, time, state), event));
        }
        var recent =
                stored == null ? List.<HandledCommand>of() : stored.progress().getRecent();
        var claims = model.claims().apply(state);
        claims.forEach(claim -> hold(model.aggregate(), id, claim, time));
        var held = claims.stream().map(claim -> new HeldClaim(claim, GIVEN)).toList();
        states(model).put(id, new StoredState<>(new Progress(version, time, recent, held), state));
        if (model.timeout() != null) {
            var timeouts = new TimeoutSchedule(driver.getKeyValueStore(model.timeoutStore()));
            model.timeout().dueAt().apply(state).ifPresent(dueAt -> timeouts.add(dueAt, id));
        }
        return messages;
    }

    private void hold(Aggregate aggregate, String id, Claim claim, Instant since) {
        var holder = new Claimant(aggregate.type(), id, GIVEN);
        claims().put(ClaimKey.of(claim), new StoredClaim(holder, ClaimStatus.CONFIRMED, since, List.of()));
    }

    /** Who holds what. */
    public KeyValueStore<String, StoredClaim> claims() {
        return driver.getKeyValueStore(ClaimSubtopology.STORE);
    }

    private static <S extends SpecificRecord> EventHeader header(
            AggregateModel<S> model, String id, long version, Instant time, S state) {
        return new EventHeader(
                model.aggregate().plural() + "/" + EventKey.of(id, version),
                model.aggregate().type(),
                id,
                version,
                model.organization().apply(id, state),
                time,
                GIVEN,
                Origin.CLIENT,
                GIVEN,
                GIVEN,
                Map.of());
    }

    private <S extends SpecificRecord> KeyValueStore<String, StoredState<S>> states(AggregateModel<S> model) {
        return driver.getKeyValueStore(model.stateStore());
    }
}
