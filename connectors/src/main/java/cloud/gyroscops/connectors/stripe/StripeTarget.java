package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Listed;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import com.stripe.model.PaymentIntent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Payments in Stripe, one payment intent each. What we ask for goes there; what becomes of the money comes back as facts.
 * Repeating anything is harmless: creating calls bear idempotency keys made of the event's key, and past the time for which
 * Stripe remembers those, what may be there already is looked up by its metadata.
 */
public final class StripeTarget implements Target {

    private static final Set<Class<?>> MIRRORED = Set.of(
            PaymentCreated.class,
            CaptureRequested.class,
            PaymentCancelled.class,
            PaymentExpired.class,
            RefundRequested.class);

    private final StripeInstallation ours;
    private final StripeIntents intents;
    private final IntentFields fields;
    private final StripeMirroring mirroring;
    private final StripeComparison comparison;

    /** A target that is called from now on; the clock tells how old events are. */
    public StripeTarget(StripeSettings settings, Clock clock, Requests requests) {
        var stripe = new StripeConnection(settings, requests);
        ours = new StripeInstallation(settings.installation());
        var customers = new StripeCustomers(stripe, ours);
        intents = new StripeIntents(stripe, customers, ours, clock);
        fields = new IntentFields(settings.leftToStripe(), ours);
        var creation = new StripeCreation(stripe, customers, intents);
        mirroring = new StripeMirroring(stripe, intents, creation, fields, ours, clock);
        comparison = new StripeComparison(stripe, intents, customers, creation, fields, ours);
    }

    @Override
    public MirrorTarget name() {
        return MirrorTarget.STRIPE;
    }

    @Override
    public Set<Aggregate> aggregates() {
        return Set.of(Aggregate.PAYMENTS);
    }

    @Override
    public Origin origin() {
        return Origin.STRIPE;
    }

    @Override
    public boolean concerns(Subject subject, EventMessage event) {
        return isStripes(subject) && MIRRORED.contains(event.payload().getClass());
    }

    @Override
    public Effect mirror(Subject subject, Change change) throws TargetException, InterruptedException {
        try {
            return mirroring.mirror(subject, change);
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    @Override
    public Effect replay(Subject subject) throws TargetException, InterruptedException {
        try {
            return isStripes(subject) ? comparison.replay(subject) : Effects.nothing("payment_intents.link");
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    @Override
    public Optional<String> fingerprint(Subject subject) {
        return isStripes(subject) && !Effects.toldMissing(subject)
                ? fields.ours(
                                subject.id(),
                                Effects.payment(subject),
                                Effects.externalId(subject).isPresent())
                        .map(IntentFields::fingerprint)
                : Optional.empty();
    }

    @Override
    public Effect compare(Subject subject, Optional<String> externalId, boolean dryRun)
            throws TargetException, InterruptedException {
        try {
            return isStripes(subject)
                    ? comparison.compare(subject, externalId, dryRun)
                    : Effects.nothing("payment_intents.compare");
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    @Override
    public Page list(Optional<String> cursor) throws TargetException, InterruptedException {
        try {
            var page = intents.page(cursor);
            return new Page(
                    page.getData().stream().map(this::listed).toList(),
                    StripeIntents.next(page.getHasMore(), page.getData(), PaymentIntent::getId),
                    OptionalLong.empty());
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    private Listed listed(PaymentIntent intent) {
        return new Listed(
                Aggregate.PAYMENTS,
                "payment_intent",
                intent.getId(),
                ours.payment(intent.getMetadata()),
                IntentFields.fingerprint(fields.theirs(intent)),
                List.of());
    }

    /** Stripe needs no setting up: it is asked for something, so that a wrong key shows now. */
    @Override
    public void prepare() throws TargetException, InterruptedException {
        list(Optional.empty());
    }

    /** An intent as it is now. */
    Optional<PaymentIntent> intent(String intentId) throws TargetException, InterruptedException {
        try {
            return intents.find(intentId, Optional.empty());
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    /** The facts of all refunds of an intent of ours; empty where it is not ours. */
    Optional<List<Fact>> refundFacts(String intentId) throws TargetException, InterruptedException {
        try {
            var intent = intents.find(intentId, Optional.empty());
            var payment = intent.flatMap(each -> ours.payment(each.getMetadata()));
            if (payment.isEmpty()) {
                return Optional.empty();
            }
            var facts = StripeFacts.of(payment.get());
            return Optional.of(intents.refundFacts(intent.get(), facts, Optional.empty()));
        } catch (Refusal refusal) {
            throw refusal.asRefused();
        }
    }

    private static boolean isStripes(Subject subject) {
        return subject.state() instanceof PaymentState payment && payment.getProcessor() == Processor.STRIPE;
    }

    @Override
    public void close() {
        // The JDK's client ends with its last reference.
    }
}
