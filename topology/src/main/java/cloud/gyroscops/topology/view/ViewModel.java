package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * One aggregate type's view by id: its latest state, and how far it has come.
 *
 * @param aggregate whose events are followed
 * @param decider what events make of a state
 * @param state the class of states
 * @param newView an empty view: {@link Applied} first, state second
 * @param serde how views are stored
 */
record ViewModel<S extends SpecificRecord, V extends SpecificRecord>(
        Aggregate aggregate,
        Decider<Command, S, SpecificRecord, Refusal> decider,
        Class<S> state,
        Supplier<V> newView,
        Serde<V> serde) {

    static List<ViewModel<?, ?>> all(SchemaHistory history) {
        return List.of(
                new ViewModel<>(
                        Aggregate.ORGANIZATIONS,
                        new OrganizationDecider(),
                        OrganizationState.class,
                        OrganizationView::new,
                        serde(OrganizationView.class, history)),
                new ViewModel<>(
                        Aggregate.USERS,
                        new UserDecider(),
                        UserState.class,
                        UserView::new,
                        serde(UserView.class, history)),
                new ViewModel<>(
                        Aggregate.PAYMENTS,
                        new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE),
                        PaymentState.class,
                        PaymentView::new,
                        serde(PaymentView.class, history)));
    }

    private static <V extends SpecificRecord> Serde<V> serde(Class<V> view, SchemaHistory history) {
        return new StateSerde<>(view, history.of(view.getName()));
    }

    /** Whether an event leaves nothing of what was before it. */
    static boolean erases(EventMessage event) {
        return event.payload() instanceof UserErased;
    }

    /**
     * The view after an event; {@code known} is null where there is none yet. What was erased looks as if there had never
     * been anything else: as it does to who reads the events for the first time.
     */
    V apply(V known, EventMessage event) {
        var before = erases(event) ? null : known;
        var header = event.header();
        var first = before == null ? null : (Applied) before.get(0);
        var after = newView.get();
        after.put(
                0,
                new Applied(
                        header.getVersion(),
                        first == null ? header.getOccurredAt() : first.getCreatedAt(),
                        first == null ? header.getActor() : first.getCreatedBy(),
                        header.getOccurredAt(),
                        header.getActor()));
        var present = before == null ? decider.initial() : state.cast(before.get(1));
        after.put(1, decider.evolve(present, event.payload()));
        return after;
    }

    /** Views by aggregate id. */
    static String viewStore(Aggregate aggregate) {
        return aggregate.plural() + "-view";
    }

    /** Events as they came, by aggregate id and version. */
    static String historyStore(Aggregate aggregate) {
        return aggregate.plural() + "-history";
    }
}
