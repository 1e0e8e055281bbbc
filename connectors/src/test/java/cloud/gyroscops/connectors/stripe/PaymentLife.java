package cloud.gyroscops.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A payment with all that is around a target: the decider decides, the target mirrors, and its facts are decided again. */
final class PaymentLife {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final PaymentDecider decider = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
    private final StripeTarget target;
    private final String id;
    private final Map<String, SpecificRecord> told = new HashMap<>();
    private final List<EventMessage> events = new ArrayList<>();
    private PaymentState state = decider.initial();
    private Optional<String> externalId = Optional.empty();
    private Map<String, String> mirrored = Map.of();

    PaymentLife(StripeTarget target, String id) {
        this.target = target;
        this.id = id;
    }

    static CreatePayment create(long amount, String currency, CaptureMethod method) {
        return new CreatePayment(
                "o-1", "u-1", amount, currency, "Two chairs", Map.of("order", "4711"), method, Processor.STRIPE);
    }

    /** Decides a request of a client's, and mirrors what comes of it. */
    Effect ask(SpecificRecord request) throws TargetException, InterruptedException {
        return mirror(decided(request, Origin.CLIENT, NOW));
    }

    /** Only decides, as of a time. */
    EventMessage decided(SpecificRecord request, Origin origin, Instant time) {
        var made = decide(request, origin, time);
        assertThat(made).as("what %s makes of %s", request, state).hasSize(1);
        return made.get(0);
    }

    /** As the worker does: what the target says is taken over in one go. */
    Effect mirror(EventMessage event) throws TargetException, InterruptedException {
        return mirror(event, target);
    }

    /** The same by another target, as one that has less patience. */
    Effect mirror(EventMessage event, StripeTarget by) throws TargetException, InterruptedException {
        assertThat(by.concerns(subject(), event)).isTrue();
        return take(by.mirror(subject(), new Change(event, 1, Optional.empty())));
    }

    Effect compare() throws TargetException, InterruptedException {
        return compare(target);
    }

    Effect compare(StripeTarget by) throws TargetException, InterruptedException {
        var seen = by.list(Optional.empty()).objects().stream()
                .filter(listed -> listed.aggregateId().equals(Optional.of(id)))
                .map(listed -> listed.externalId())
                .findFirst();
        return take(by.compare(subject(), seen, false));
    }

    Effect replayed() throws TargetException, InterruptedException {
        return target.replay(subject());
    }

    /** Whether a comparison of all would look at it more closely. */
    boolean agrees() throws TargetException, InterruptedException {
        return agrees(target);
    }

    boolean agrees(StripeTarget by) throws TargetException, InterruptedException {
        var listed = by.list(Optional.empty()).objects().stream()
                .filter(each -> each.aggregateId().equals(Optional.of(id)))
                .toList();
        var wanted = by.fingerprint(subject());
        return wanted.isEmpty()
                ? listed.isEmpty()
                : listed.size() == 1 && listed.get(0).fingerprint().equals(wanted.get());
    }

    Effect take(Effect effect) {
        externalId = effect.externalId();
        mirrored = effect.mirrored();
        effect.facts().forEach(this::tell);
        return effect;
    }

    /** The same fact is the same command with the same payload, however it came. */
    void tell(Fact fact) {
        var header = fact.command().header();
        assertThat(fact.aggregate()).isEqualTo(Aggregate.PAYMENTS);
        assertThat(header.getAggregateId()).isEqualTo(id);
        assertThat(header.getOrigin()).isEqualTo(Origin.STRIPE);
        assertThat(header.getActor()).isEqualTo("stripe");
        assertThat(header.getCommandId()).matches("[A-Za-z0-9._:-]{1,128}");
        var before = told.put(header.getCommandId(), fact.command().payload());
        if (before == null) {
            decide(fact.command().payload(), Origin.STRIPE, NOW);
        } else {
            assertThat(fact.command().payload()).isEqualTo(before);
        }
    }

    private List<EventMessage> decide(SpecificRecord payload, Origin origin, Instant time) {
        var decision = decider.decide(state, new Command(id, payload, time, origin, References.NOT_ASKED));
        if (decision instanceof Decision.Refused<SpecificRecord, Refusal> refused) {
            throw new AssertionError(payload + " is refused: " + refused.refusal());
        }
        var made = new ArrayList<EventMessage>();
        for (var event : ((Decision.Accepted<SpecificRecord, Refusal>) decision).events()) {
            state = decider.evolve(state, event);
            var message = new EventMessage(header(origin, time), event);
            events.add(message);
            made.add(message);
        }
        return made;
    }

    private EventHeader header(Origin origin, Instant time) {
        long version = events.size() + 1L;
        return new EventHeader(
                "payments/" + id + "@" + version,
                AggregateType.PAYMENT,
                id,
                version,
                "o-1",
                time,
                "somebody",
                origin,
                "c-" + version,
                "c-" + version,
                Map.of());
    }

    Subject subject() {
        return new Subject(
                Aggregate.PAYMENTS,
                id,
                "o-1",
                events.size(),
                state,
                externalId,
                mirrored,
                mirrored.isEmpty() ? Optional.empty() : Optional.of(NOW));
    }

    /** As if the worker had never heard of an object there. */
    void forgetLink() {
        externalId = Optional.empty();
        mirrored = Map.of();
    }

    PaymentState state() {
        return state;
    }

    PaymentStatus status() {
        return state.getStatus();
    }

    RefundState refund(int index) {
        return state.getRefunds().get(index);
    }

    String intentId() {
        return externalId.orElseThrow();
    }

    /** How many facts came, each counted once. */
    int facts() {
        return told.size();
    }
}
