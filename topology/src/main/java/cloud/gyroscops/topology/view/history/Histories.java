package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.view.partition.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what happened to an aggregate, page by page. Of what does not exist there is nothing. */
public final class Histories {

    /** How many events are looked through at once. */
    private static final int STRETCH = 200;

    private final PaymentDecider payments = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
    private final TimeTravel past;
    private final Questions questions;
    private final Wire wire;

    public Histories(Questions questions, Wire wire) {
        this.questions = questions;
        this.wire = wire;
        this.past = new TimeTravel(questions, wire);
    }

    /** The same with who did it, and with what mirrors made of it. */
    public AuditTrails audits() {
        return new AuditTrails(questions, this, wire);
    }

    /** Some events of an aggregate from a version on, fewer where they are large, and the one behind them, if there is one. */
    Events events(Aggregate aggregate, String id, long from, int most) {
        var stretch = stretch(aggregate, id, from, most);
        return new Events(
                stretch.events(),
                stretch.more()
                        ? stretch(aggregate, id, stretch.next(), 1).events().stream()
                                .findFirst()
                        : Optional.empty());
    }

    /** Events in order, and the next one. */
    record Events(List<EventMessage> events, Optional<EventMessage> ahead) {}

    /**
     * The statuses of a payment, one after another.
     *
     * @param from the first version wanted, from 1
     * @param most how many at most
     */
    public HistoryPage<StatusChange> statuses(String paymentId, long from, int most) {
        var changes = new ArrayList<StatusChange>();
        var state = stateBefore(paymentId, from);
        for (long next = from; changes.size() <= most; ) {
            var stretch = stretch(Aggregate.PAYMENTS, paymentId, next, STRETCH);
            for (var event : stretch.events()) {
                var before = state;
                state = payments.evolve(before, event.payload());
                if (state.getStatus() != before.getStatus()) {
                    var header = event.header();
                    changes.add(new StatusChange(
                            header.getVersion(), state.getStatus(), header.getOccurredAt(), header.getActor()));
                }
            }
            if (!stretch.more()) {
                break;
            }
            next = stretch.next();
        }
        return HistoryPage.of(changes, most, StatusChange::version);
    }

    private PaymentState stateBefore(String paymentId, long version) {
        return version > 1 && past.asOf(Aggregate.PAYMENTS, paymentId, version - 1) instanceof Past.AsItWas was
                ? ((PaymentView) was.view()).getState()
                : payments.initial();
    }

    private Stretch stretch(Aggregate aggregate, String id, long from, int most) {
        var question = new ReadHistory(aggregate, id, from, most);
        var events = questions.ask(id, question);
        return new Stretch(
                events.stream().map(event -> wire.event(aggregate, event)).toList(), question.mayHaveMoreThan(events));
    }

    /** Some events, and whether there may be more of them. */
    private record Stretch(List<EventMessage> events, boolean more) {

        long next() {
            return events.get(events.size() - 1).header().getVersion() + 1;
        }
    }
}
