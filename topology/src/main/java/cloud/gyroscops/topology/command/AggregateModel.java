package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.channel.Existence;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.StoredOrganization;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.StoredPayment;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.organization.OrganizationRules;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.payment.PaymentRules;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.serde.StoredStateSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * One aggregate type as the command topology runs it.
 *
 * @param aggregate its topics and envelopes
 * @param decider its rules
 * @param storedSerde how its progress and state are stored
 * @param organization the organization that an aggregate belongs to, by its id and its state
 * @param claims what no other aggregate may have at the same time, by its state
 * @param existence what another aggregate is told that refers to it, by its state and the organization of the other one;
 *     null: nobody refers to it
 * @param refersTo the types that its commands may name
 * @param timeout what it does when nobody does anything; null: nothing
 */
public record AggregateModel<S extends SpecificRecord>(
        Aggregate aggregate,
        Decider<Command, S, SpecificRecord, Refusal> decider,
        Serde<StoredState<S>> storedSerde,
        BiFunction<String, S, String> organization,
        Function<S, List<Claim>> claims,
        BiFunction<S, String, Existence> existence,
        List<Aggregate> refersTo,
        Timeout<S> timeout) {

    /**
     * A command that the system sends when an aggregate's time is up.
     *
     * @param dueAt when, by the aggregate's state; empty: never, as things are
     * @param command what is sent
     */
    public record Timeout<S>(Function<S, Optional<Instant>> dueAt, Supplier<SpecificRecord> command) {}

    /** All aggregate types. */
    public static List<AggregateModel<?>> all(Duration paymentTimeToLive, SchemaHistory history) {
        return List.of(
                new AggregateModel<>(
                        Aggregate.ORGANIZATIONS,
                        new OrganizationDecider(),
                        stored(StoredOrganization.class, StoredOrganization::new, OrganizationState.class, history),
                        (id, state) -> id,
                        OrganizationRules::claims,
                        AggregateModel::organizationExists,
                        List.of(),
                        null),
                new AggregateModel<>(
                        Aggregate.USERS,
                        new UserDecider(),
                        stored(StoredUser.class, StoredUser::new, UserState.class, history),
                        (id, state) -> state.getOrganizationId(),
                        UserRules::claims,
                        AggregateModel::userExists,
                        List.of(Aggregate.ORGANIZATIONS),
                        null),
                new AggregateModel<>(
                        Aggregate.PAYMENTS,
                        new PaymentDecider(paymentTimeToLive),
                        stored(StoredPayment.class, StoredPayment::new, PaymentState.class, history),
                        (id, state) -> state.getOrganizationId(),
                        state -> List.of(),
                        null,
                        List.of(Aggregate.ORGANIZATIONS, Aggregate.USERS),
                        new Timeout<>(PaymentRules::expiresAt, ExpirePayment::new)));
    }

    private static Existence organizationExists(OrganizationState organization, String asker) {
        return switch (organization.getStatus()) {
            case ACTIVE -> Existence.PRESENT;
            case SUSPENDED -> Existence.SUSPENDED;
            default -> Existence.MISSING;
        };
    }

    private static Existence userExists(UserState user, String askersOrganization) {
        return switch (user.getStatus()) {
            case ENABLED, DISABLED ->
                user.getOrganizationId().equals(askersOrganization) ? Existence.PRESENT : Existence.ELSEWHERE;
            case DELETED, ERASED -> Existence.DELETED;
            default -> Existence.MISSING;
        };
    }

    private static <T extends SpecificRecord, S extends SpecificRecord> Serde<StoredState<S>> stored(
            Class<T> stored, Supplier<T> newStored, Class<S> state, SchemaHistory history) {
        return new StoredStateSerde<>(stored, newStored, state, history.of(stored.getName()));
    }

    /** The store of states, by aggregate id. */
    public String stateStore() {
        return stateStore(aggregate);
    }

    /** The store of the states of a type's aggregates. */
    public static String stateStore(Aggregate aggregate) {
        return aggregate.plural() + "-state";
    }

    /** The store of what waits for answers, by aggregate id and place in its line. */
    public String parkedStore() {
        return parkedStore(aggregate);
    }

    /** The store of what waits for answers among a type's aggregates. */
    public static String parkedStore(Aggregate aggregate) {
        return aggregate.plural() + "-parked";
    }

    /** The store of time-outs to come, by time and aggregate id. */
    public String timeoutStore() {
        return aggregate.plural() + "-timeouts";
    }
}
