package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.StoredOrganization;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.StoredPayment;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.organization.OrganizationRules;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.serde.StoredStateSerde;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** The domain's rules for one aggregate type, for states whose type only they know. */
final class Rules<S extends SpecificRecord> {

    private final Aggregate aggregate;
    private final Class<S> type;
    private final Function<Duration, Decider<Command, S, SpecificRecord, Refusal>> deciders;
    private final BiFunction<String, S, String> organization;
    private final Function<S, List<Claim>> claims;
    private final Serde<StoredState<S>> stored;
    private final Decider<Command, S, SpecificRecord, Refusal> usual;
    /** Installations have different times to live, and one installation different ones over time. */
    private final Map<Duration, Decider<Command, S, SpecificRecord, Refusal>> byTimeToLive = new HashMap<>();

    private Rules(
            Aggregate aggregate,
            Class<S> type,
            Function<Duration, Decider<Command, S, SpecificRecord, Refusal>> deciders,
            BiFunction<String, S, String> organization,
            Function<S, List<Claim>> claims,
            Serde<StoredState<S>> stored) {
        this.aggregate = aggregate;
        this.type = type;
        this.deciders = deciders;
        this.organization = organization;
        this.claims = claims;
        this.stored = stored;
        this.usual = deciders.apply(PaymentDecider.DEFAULT_TIME_TO_LIVE);
    }

    static Rules<?> of(Aggregate aggregate) {
        var history = SchemaHistory.load();
        return switch (aggregate) {
            case ORGANIZATIONS ->
                new Rules<>(
                        aggregate,
                        OrganizationState.class,
                        timeToLive -> new OrganizationDecider(),
                        (id, state) -> id,
                        OrganizationRules::claims,
                        new StoredStateSerde<>(
                                StoredOrganization.class,
                                StoredOrganization::new,
                                OrganizationState.class,
                                history.of(StoredOrganization.class.getName())));
            case USERS ->
                new Rules<>(
                        aggregate,
                        UserState.class,
                        timeToLive -> new UserDecider(),
                        (id, state) -> state.getOrganizationId(),
                        UserRules::claims,
                        new StoredStateSerde<>(
                                StoredUser.class,
                                StoredUser::new,
                                UserState.class,
                                history.of(StoredUser.class.getName())));
            case PAYMENTS ->
                new Rules<>(
                        aggregate,
                        PaymentState.class,
                        PaymentDecider::new,
                        (id, state) -> state.getOrganizationId(),
                        state -> List.of(),
                        new StoredStateSerde<>(
                                StoredPayment.class,
                                StoredPayment::new,
                                PaymentState.class,
                                history.of(StoredPayment.class.getName())));
        };
    }

    Aggregate aggregate() {
        return aggregate;
    }

    SpecificRecord initial() {
        return usual.initial();
    }

    SpecificRecord evolve(SpecificRecord state, SpecificRecord event) {
        return usual.evolve(type.cast(state), event);
    }

    /**
     * Decides as it was decided.
     *
     * @param happened the event that is there: it tells the time to live that counted then
     */
    Decision<SpecificRecord, Refusal> decide(SpecificRecord state, Command command, SpecificRecord happened) {
        var decider = usual;
        if (happened instanceof PaymentCreated created) {
            var timeToLive = Duration.between(command.time(), created.getExpiresAt());
            if (!timeToLive.isNegative() && !timeToLive.isZero()) {
                decider = byTimeToLive.computeIfAbsent(timeToLive, deciders);
            }
        }
        return decider.decide(type.cast(state), command);
    }

    String organization(String id, SpecificRecord state) {
        return organization.apply(id, type.cast(state));
    }

    List<Claim> claims(SpecificRecord state) {
        return state == null ? List.of() : claims.apply(type.cast(state));
    }

    /** What a changelog keeps. */
    StoredState<? extends SpecificRecord> stored(byte[] bytes) {
        return stored.deserializer().deserialize("", bytes);
    }
}
