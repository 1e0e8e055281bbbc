package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.RefundRequested;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.RefundCreateParams;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What each event makes Stripe do. */
final class StripeMirroring {

    /** Stripe remembers keys for 24 hours; what comes in between is the difference of clocks. */
    private static final Duration KEYS_TRUSTED = Duration.ofHours(20);

    private static final String CREATE = "payment_intents.create";
    private static final String CAPTURE = "payment_intents.capture";
    private static final String CANCEL = "payment_intents.cancel";
    private static final String REFUND = "refunds.create";
    private static final String NO_SUCH_AMOUNT = "amount_not_representable";

    private final StripeConnection stripe;
    private final StripeIntents intents;
    private final StripeCreation creation;
    private final IntentFields fields;
    private final StripeInstallation ours;
    private final Clock clock;

    StripeMirroring(
            StripeConnection stripe,
            StripeIntents intents,
            StripeCreation creation,
            IntentFields fields,
            StripeInstallation ours,
            Clock clock) {
        this.ours = ours;
        this.stripe = stripe;
        this.intents = intents;
        this.creation = creation;
        this.fields = fields;
        this.clock = clock;
    }

    Effect mirror(Subject subject, Change change) throws Refusal, TargetException, InterruptedException {
        var payload = change.event().payload();
        if (payload instanceof PaymentCreated created) {
            return create(subject, change, created);
        }
        var intentId = intentId(subject, change);
        if (payload instanceof RefundRequested requested) {
            return refund(subject, change, requested, intentId);
        }
        if (payload instanceof CaptureRequested) {
            return capture(subject, change, intentId);
        }
        return cancel(subject, change, intentId);
    }

    private Effect create(Subject subject, Change change, PaymentCreated created)
            throws TargetException, InterruptedException {
        var header = change.event().header();
        var facts = facts(subject, header);
        long amount;
        try {
            amount = StripeAmounts.toStripe(created.getAmount(), created.getCurrency());
        } catch (IllegalArgumentException noSuchAmount) {
            var message = Redaction.message(noSuchAmount.getMessage());
            return Effects.none(CREATE, List.of(facts.notCreated(NO_SUCH_AMOUNT, message)));
        }
        var wanted = new StripeCreation.Wanted(
                subject.id(),
                created.getOrganizationId(),
                amount,
                created.getCurrency(),
                created.getDescription(),
                created.getCaptureMethod(),
                StripeIds.metadata(
                        ours, subject.id(), created.getOrganizationId(), created.getUserId(), created.getMetadata()));
        boolean lookFirst = old(header) || Effects.externalId(subject).isPresent();
        try {
            var intent = creation.make(wanted, key(header), lookFirst, change.traceparent());
            var told = new ArrayList<Fact>();
            told.add(facts.link(intent.getId()));
            told.addAll(facts.money(intent));
            return effect(OutcomeKind.LINKED, CREATE, intent, told);
        } catch (Refusal refusal) {
            if (!refusal.isFinal()) {
                throw refusal.asRefused();
            }
            return Effects.none(CREATE, List.of(facts.notCreated(refusal.code(), refusal.getMessage())));
        }
    }

    private Effect capture(Subject subject, Change change, Optional<String> intentId)
            throws Refusal, TargetException, InterruptedException {
        var header = change.event().header();
        var facts = facts(subject, header);
        if (intentId.isEmpty()) {
            throw noIntent(subject);
        }
        var params = PaymentIntentCaptureParams.builder()
                .addExpand(StripeIntents.CUSTOMER)
                .addExpand(StripeIntents.CHARGE)
                .build();
        try {
            var intent = stripe.once(
                    key(header) + ":" + CAPTURE,
                    change.traceparent(),
                    (v1, options) -> v1.paymentIntents().capture(intentId.get(), params, options),
                    () -> intents.find(intentId.get(), change.traceparent())
                            .filter(each -> IntentStatus.of(each) == IntentStatus.SUCCEEDED));
            return effect(OutcomeKind.MIRRORED, CAPTURE, intent, facts.money(intent));
        } catch (Refusal refusal) {
            return uncaptured(change, intentId.get(), facts, refusal);
        }
    }

    /** Captured already, by an earlier try or by somebody else, is captured; all else is told as it is. */
    private Effect uncaptured(Change change, String intentId, StripeFacts facts, Refusal refusal)
            throws Refusal, TargetException, InterruptedException {
        long version = change.event().header().getVersion();
        if (refusal.keyReused() || refusal.keySpent()) {
            throw refusal.asRefused();
        }
        var rejected = facts.notCaptured(intentId, version, refusal);
        var intent = intents.find(intentId, change.traceparent());
        if (intent.isEmpty()) {
            return Effects.none(CAPTURE, List.of(rejected));
        }
        var status = IntentStatus.of(intent.get());
        var told = new ArrayList<Fact>();
        if (status != IntentStatus.SUCCEEDED) {
            told.add(rejected);
        }
        if (status != IntentStatus.CAPTURABLE) {
            told.addAll(facts.money(intent.get()));
        }
        return effect(OutcomeKind.MIRRORED, CAPTURE, intent.get(), told);
    }

    /** Where the customer was faster, the payment is paid: that is what comes back. */
    private Effect cancel(Subject subject, Change change, Optional<String> intentId)
            throws Refusal, TargetException, InterruptedException {
        if (intentId.isEmpty()) {
            return Effects.nothing(CANCEL);
        }
        boolean asked = change.event().payload() instanceof PaymentCancelled;
        var params = PaymentIntentCancelParams.builder()
                .setCancellationReason(
                        asked
                                ? PaymentIntentCancelParams.CancellationReason.REQUESTED_BY_CUSTOMER
                                : PaymentIntentCancelParams.CancellationReason.ABANDONED)
                .addExpand(StripeIntents.CUSTOMER)
                .addExpand(StripeIntents.CHARGE)
                .build();
        try {
            // Without a key: cancelling twice is cancelling once, and a refusal of now may not be one of later.
            var intent =
                    stripe.call(change.traceparent(), v1 -> v1.paymentIntents().cancel(intentId.get(), params, null));
            return effect(OutcomeKind.MIRRORED, CANCEL, intent, List.of());
        } catch (Refusal refusal) {
            var intent = intents.find(intentId.get(), change.traceparent());
            if (intent.isEmpty()) {
                return Effects.nothing(CANCEL);
            }
            return uncanceled(subject, change, intent.get(), refusal);
        }
    }

    private Effect uncanceled(Subject subject, Change change, PaymentIntent intent, Refusal refusal)
            throws Refusal, TargetException, InterruptedException {
        switch (IntentStatus.of(intent)) {
            case CANCELED -> {
                return effect(OutcomeKind.MIRRORED, CANCEL, intent, List.of());
            }
            case SUCCEEDED -> {
                // Anew: what was told of this intent before the payment was linked to it may have been refused.
                var correlationId = change.event().header().getCorrelationId();
                var facts = StripeFacts.anew(subject.id(), subject.version(), correlationId);
                var told = new ArrayList<>(facts.money(intent));
                told.addAll(intents.refundFacts(intent, facts, change.traceparent()));
                return effect(OutcomeKind.MIRRORED, CANCEL, intent, told);
            }
            case PROCESSING ->
                throw new TargetException.NotYet(
                        "processing", "the intent " + intent.getId() + " is with a bank, which has to decide first");
            default -> throw refusal.asRefused();
        }
    }

    private Effect refund(Subject subject, Change change, RefundRequested requested, Optional<String> intentId)
            throws Refusal, TargetException, InterruptedException {
        var header = change.event().header();
        long version = header.getVersion();
        var facts = facts(subject, header);
        if (intentId.isEmpty()) {
            throw noIntent(subject);
        }
        var refundId = requested.getRefundId();
        var trace = change.traceparent();
        long amount;
        try {
            amount = StripeAmounts.toStripe(
                    requested.getAmount(), Effects.payment(subject).getCurrency());
        } catch (IllegalArgumentException noSuchAmount) {
            var message = Redaction.message(noSuchAmount.getMessage());
            return refunded(
                    change, intentId.get(), List.of(facts.notRefunded(refundId, version, NO_SUCH_AMOUNT, message)));
        }
        var made = old(header) ? intents.refund(intentId.get(), refundId, trace) : Optional.<Refund>empty();
        if (made.isEmpty()) {
            try {
                made = Optional.of(create(subject, change, refundId, amount, intentId.get()));
            } catch (Refusal refusal) {
                made = refusal.missing() ? Optional.empty() : intents.refund(intentId.get(), refundId, trace);
                if (made.isEmpty() && (refusal.keyReused() || refusal.keySpent())) {
                    throw refusal.asRefused();
                }
                if (made.isEmpty()) {
                    return refunded(
                            change,
                            intentId.get(),
                            List.of(facts.notRefunded(refundId, version, refusal.code(), refusal.getMessage())));
                }
            }
        }
        return refunded(
                change, intentId.get(), facts.refund(made.get()).stream().toList());
    }

    private Refund create(Subject subject, Change change, String refundId, long amount, String intentId)
            throws Refusal, TargetException, InterruptedException {
        var params = RefundCreateParams.builder()
                .setPaymentIntent(intentId)
                .setAmount(amount)
                .putMetadata(StripeIds.INSTALLATION, ours.name())
                .putMetadata(StripeIds.PAYMENT, subject.id())
                .putMetadata(StripeIds.ORGANIZATION, subject.organizationId())
                .putMetadata(StripeIds.REFUND, refundId)
                .build();
        return stripe.once(
                key(change.event().header()) + ":" + REFUND,
                change.traceparent(),
                (v1, options) -> v1.refunds().create(params, options),
                () -> intents.refund(intentId, refundId, change.traceparent()));
    }

    /** The refund's answer does not show the intent: it is read, for what is compared later. */
    private Effect refunded(Change change, String intentId, List<Fact> facts)
            throws Refusal, TargetException, InterruptedException {
        var intent = intents.find(intentId, change.traceparent());
        return intent.isPresent()
                ? effect(OutcomeKind.MIRRORED, REFUND, intent.get(), facts)
                : Effects.none(REFUND, facts);
    }

    private Optional<String> intentId(Subject subject, Change change)
            throws Refusal, TargetException, InterruptedException {
        var known = Effects.externalId(subject);
        if (known.isPresent()) {
            return known;
        }
        return intents.ofPayment(
                        subject.id(), Optional.of(Effects.payment(subject).getOrganizationId()), change.traceparent())
                .map(PaymentIntent::getId);
    }

    private static TargetException noIntent(Subject subject) {
        return new TargetException.Refused(
                "no_intent",
                "Stripe has no intent of payment " + subject.id()
                        + "; have the mirror make it again, or discard what is parked",
                OptionalInt.empty(),
                null);
    }

    private Effect effect(OutcomeKind kind, String operation, PaymentIntent intent, List<Fact> facts) {
        return new Effect(kind, operation, Optional.of(intent.getId()), fields.theirs(intent), facts, List.of());
    }

    private static StripeFacts facts(Subject subject, EventHeader header) {
        return StripeFacts.of(subject.id(), header.getCorrelationId());
    }

    private boolean old(EventHeader header) {
        return header.getOccurredAt().isBefore(clock.instant().minus(KEYS_TRUSTED));
    }

    /** Of the event: the same again for the same event. */
    private String key(EventHeader header) {
        return ours.key(header.getAggregateId() + "@" + header.getVersion());
    }
}
