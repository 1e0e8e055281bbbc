package cloud.gyroscops.topology.view.partition;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.user.UserDeleted;
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
import java.util.Map;
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
 * @param moments fills in when what happened
 * @param serde how views are stored
 */
public record ViewModel<S extends SpecificRecord, V extends SpecificRecord>(
        Aggregate aggregate,
        Decider<Command, S, SpecificRecord, Refusal> decider,
        Class<S> state,
        Supplier<V> newView,
        Moments<V> moments,
        Serde<V> serde) {

    /** Fills in what a view says of moments; {@code before} is null where there is no view yet. */
    @FunctionalInterface
    public interface Moments<V> {
        void fill(V before, V after, EventMessage event);
    }

    /** All aggregate types. */
    public static List<ViewModel<?, ?>> all(SchemaHistory history) {
        return List.of(
                new ViewModel<>(
                        Aggregate.ORGANIZATIONS,
                        new OrganizationDecider(),
                        OrganizationState.class,
                        OrganizationView::new,
                        (before, after, event) -> {},
                        serde(OrganizationView.class, history)),
                new ViewModel<>(
                        Aggregate.USERS,
                        new UserDecider(),
                        UserState.class,
                        UserView::new,
                        ViewModel::userMoments,
                        serde(UserView.class, history)),
                new ViewModel<>(
                        Aggregate.PAYMENTS,
                        new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE),
                        PaymentState.class,
                        PaymentView::new,
                        ViewModel::paymentMoments,
                        serde(PaymentView.class, history)));
    }

    /** A view, null where there is none yet, after more events. */
    public V replay(SpecificRecord known, List<EventMessage> events) {
        // Stored by this model, and told apart by nothing else where it comes from.
        @SuppressWarnings("unchecked")
        V view = (V) known;
        for (var event : events) {
            view = apply(view, event);
        }
        return view;
    }

    private static <V extends SpecificRecord> Serde<V> serde(Class<V> view, SchemaHistory history) {
        return new StateSerde<>(view, history.of(view.getName()));
    }

    /** Whether an event leaves nothing of what was before it. */
    public static boolean erases(EventMessage event) {
        return event.payload() instanceof UserErased;
    }

    /**
     * The view after an event; {@code known} is null where there is none yet. What was erased looks as if there had never
     * been anything else: as it does to who reads the events for the first time.
     */
    public V apply(V known, EventMessage event) {
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
        moments.fill(before, after, event);
        return after;
    }

    private static void userMoments(UserView before, UserView after, EventMessage event) {
        boolean deleted = event.payload() instanceof UserDeleted;
        after.setDeletedAt(deleted ? event.header().getOccurredAt() : before == null ? null : before.getDeletedAt());
        after.setMetadata(erases(event) ? Map.of() : event.header().getMetadata());
    }

    private static void paymentMoments(PaymentView before, PaymentView after, EventMessage event) {
        if (before != null) {
            after.setProcessedAt(before.getProcessedAt());
            after.setCancelledAt(before.getCancelledAt());
            after.setFailedAt(before.getFailedAt());
        }
        var now = event.header().getOccurredAt();
        if (event.payload() instanceof PaymentCompleted && after.getProcessedAt() == null) {
            after.setProcessedAt(now);
        } else if (event.payload() instanceof PaymentCancelled) {
            after.setCancelledAt(now);
        } else if (event.payload() instanceof PaymentFailed) {
            after.setFailedAt(now);
        }
    }

    /** Views by aggregate id. */
    public static String viewStore(Aggregate aggregate) {
        return aggregate.plural() + "-view";
    }

    /**
     * Events as they came, as {@link cloud.gyroscops.topology.view.history.HistoryEntry}, by
     * {@link cloud.gyroscops.schemas.EventKey#ordered}.
     */
    public static String historyStore(Aggregate aggregate) {
        return aggregate.plural() + "-history";
    }

    /** Every hundredth view that there was of an aggregate, by {@link cloud.gyroscops.schemas.EventKey#ordered}. */
    public static String snapshotStore(Aggregate aggregate) {
        return aggregate.plural() + "-snapshots";
    }
}
