package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentUpdateParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds a payment against its intent. What the money did is Stripe's to say, and comes in as facts; what describes the payment
 * is the log's, and is written again. Nothing here moves money: at most an intent that the log has ended is cancelled.
 */
final class StripeComparison {

    private static final String OURS = "OURS";
    private static final String THEIRS = "THEIRS";
    private static final String COMPARE = "payment_intents.compare";
    private static final String CREATE = "payment_intents.create";
    private static final String LINK = "payment_intents.link";
    private static final String UPDATE = "payment_intents.update";
    private static final String CANCEL = "payment_intents.cancel";
    private static final String RETRIEVE = "payment_intents.retrieve";
    private static final String ANOTHER = "anotherIntent";
    private static final String LOST = "payment_intents.missing";

    private final StripeConnection stripe;
    private final StripeIntents intents;
    private final StripeCustomers customers;
    private final StripeCreation creation;
    private final IntentFields fields;
    private final StripeInstallation installation;

    StripeComparison(
            StripeConnection stripe,
            StripeIntents intents,
            StripeCustomers customers,
            StripeCreation creation,
            IntentFields fields,
            StripeInstallation installation) {
        this.installation = installation;
        this.stripe = stripe;
        this.intents = intents;
        this.customers = customers;
        this.creation = creation;
        this.fields = fields;
    }

    /** Makes the link again; and the intent, where one is missing that nobody has paid yet. */
    Effect replay(Subject subject) throws Refusal, TargetException, InterruptedException {
        var found = find(subject, Optional.empty());
        if (found.isEmpty() && Effects.payment(subject).getStatus() == PaymentStatus.PENDING) {
            found = Optional.of(again(subject));
        }
        if (found.isEmpty()) {
            return Effects.nothing(LINK);
        }
        var intent = found.get();
        return new Effect(
                OutcomeKind.LINKED,
                LINK,
                Optional.of(intent.getId()),
                fields.theirs(intent),
                linkAndMoney(subject, intent),
                List.of());
    }

    Effect compare(Subject subject, Optional<String> externalId, boolean dryRun)
            throws Refusal, TargetException, InterruptedException {
        var found = find(subject, externalId);
        if (found.isEmpty()) {
            return missing(subject, dryRun);
        }
        var effect = new Look(subject, found.get(), dryRun).effect();
        var id = found.get().getId();
        return externalId
                .filter(seen -> !seen.equals(id))
                .map(another -> withAnother(effect, subject, id, another))
                .orElse(effect);
    }

    /** Somebody made a second intent for the payment: what becomes of it is not ours to say, only to tell, once. */
    private static Effect withAnother(Effect effect, Subject subject, String linked, String another) {
        var findings = new ArrayList<>(effect.findings());
        var told = subject.mirrored().get(ANOTHER);
        if (!another.equals(told)) {
            var difference = new FieldDifference("externalId", linked, another, told, null);
            findings.add(new Finding(OutcomeKind.DRIFT_FOUND, "payment_intents.another", List.of(difference)));
        }
        var mirrored = new TreeMap<>(effect.mirrored());
        mirrored.put(ANOTHER, another);
        return new Effect(effect.kind(), effect.operation(), effect.externalId(), mirrored, effect.facts(), findings);
    }

    /** The one that the log is linked to, rather than another one that bears the payment's id, too. */
    private Optional<PaymentIntent> find(Subject subject, Optional<String> seen)
            throws Refusal, TargetException, InterruptedException {
        var candidates = new ArrayList<String>();
        Effects.externalId(subject).ifPresent(candidates::add);
        seen.filter(id -> !candidates.contains(id)).ifPresent(candidates::add);
        for (var id : candidates) {
            var intent = intents.find(id, Optional.empty());
            if (intent.isPresent()) {
                return intent;
            }
        }
        return intents.ofPayment(
                subject.id(), Optional.of(Effects.payment(subject).getOrganizationId()), Optional.empty());
    }

    private Effect missing(Subject subject, boolean dryRun) throws Refusal, TargetException, InterruptedException {
        var payment = Effects.payment(subject);
        var status = IntentFields.status(payment, Effects.externalId(subject).isPresent());
        if (status.isEmpty() || Effects.toldMissing(subject)) {
            return lost(subject, List.of());
        }
        boolean makes = payment.getStatus() == PaymentStatus.PENDING;
        var difference = new FieldDifference(
                IntentFields.STATUS,
                status.get().toString(),
                null,
                subject.mirrored().get(IntentFields.STATUS),
                makes && !dryRun ? OURS : null);
        if (!makes || dryRun) {
            // Money that moved cannot be moved again: somebody has to look, once.
            return lost(subject, List.of(new Finding(OutcomeKind.DRIFT_FOUND, LOST, List.of(difference))));
        }
        var intent = again(subject);
        return new Effect(
                OutcomeKind.LINKED,
                CREATE,
                Optional.of(intent.getId()),
                fields.theirs(intent),
                linkAndMoney(subject, intent),
                List.of(new Finding(OutcomeKind.DRIFT_CORRECTED, CREATE, List.of(difference))));
    }

    private static Effect lost(Subject subject, List<Finding> findings) {
        var told = Map.of(IntentFields.STATUS, IntentFields.MISSING);
        return new Effect(OutcomeKind.MIRRORED, COMPARE, Effects.externalId(subject), told, List.of(), findings);
    }

    /** Under a key of its own: under the first one, Stripe may answer with the intent that is gone. */
    private PaymentIntent again(Subject subject) throws Refusal, TargetException, InterruptedException {
        var payment = Effects.payment(subject);
        var wanted = new StripeCreation.Wanted(
                subject.id(),
                payment.getOrganizationId(),
                StripeAmounts.toStripe(payment.getAmount(), payment.getCurrency()),
                payment.getCurrency(),
                payment.getDescription(),
                payment.getCaptureMethod(),
                metadata(subject));
        var gone = Effects.externalId(subject).map(id -> ":" + id).orElse("");
        return creation.make(wanted, installation.key(subject.id() + "@1") + gone, false, Optional.empty());
    }

    private static Optional<Fact> link(Subject subject, PaymentIntent intent) {
        return intent.getId().equals(Effects.payment(subject).getExternalId())
                ? Optional.empty()
                : Optional.of(StripeFacts.anew(subject.id(), subject.version()).link(intent.getId()));
    }

    /**
     * The money anew: what was told of the intent before the payment was linked to it may have been refused. What would
     * take back money that the log has seen is left to a comparison.
     */
    private List<Fact> linkAndMoney(Subject subject, PaymentIntent intent)
            throws Refusal, TargetException, InterruptedException {
        var link = link(subject, intent);
        if (link.isEmpty()) {
            return List.of();
        }
        var facts = new ArrayList<Fact>(List.of(link.get()));
        var ours = IntentFields.status(Effects.payment(subject), true);
        boolean paid = ours.filter(IntentStatus.SUCCEEDED::equals).isPresent();
        if (!paid || IntentStatus.of(intent) == IntentStatus.SUCCEEDED) {
            var says = StripeFacts.anew(subject.id(), subject.version());
            facts.addAll(says.money(intent));
            facts.addAll(intents.refundFacts(intent, says, Optional.empty()));
        }
        return facts;
    }

    private Map<String, String> metadata(Subject subject) {
        var payment = Effects.payment(subject);
        return StripeIds.metadata(
                installation, subject.id(), payment.getOrganizationId(), payment.getUserId(), payment.getMetadata());
    }

    /** One payment held against its intent. */
    private final class Look {

        private final Subject subject;
        private final PaymentState payment;
        private final boolean dryRun;
        private final StripeFacts says;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private PaymentIntent intent;

        Look(Subject subject, PaymentIntent intent, boolean dryRun) {
            this.subject = subject;
            this.intent = intent;
            this.dryRun = dryRun;
            payment = Effects.payment(subject);
            says = StripeFacts.anew(subject.id(), subject.version());
        }

        Effect effect() throws Refusal, TargetException, InterruptedException {
            var linked = link(subject, intent);
            linked.ifPresent(fact -> came(LINK, "externalId", payment.getExternalId(), intent.getId(), fact));
            status();
            refunds();
            written();
            return new Effect(
                    linked.isPresent() && !dryRun ? OutcomeKind.LINKED : OutcomeKind.MIRRORED,
                    COMPARE,
                    Optional.of(intent.getId()),
                    fields.theirs(intent),
                    dryRun ? List.of() : facts,
                    findings);
        }

        private void status() throws Refusal, TargetException, InterruptedException {
            var theirs = IntentStatus.of(intent);
            var ours = IntentFields.status(payment, true).orElseThrow();
            boolean ended = ours == IntentStatus.CANCELED;
            boolean agree =
                    switch (theirs) {
                        case SUCCEEDED -> received() <= payment.getAmountReceived();
                        // A failed payment may be tried again: until something comes of it, the log does not know.
                        case OPEN, PROCESSING -> ours.unpaid() || ended && theirs == IntentStatus.PROCESSING;
                        case FAILED -> ours == IntentStatus.FAILED;
                        default -> ours == theirs;
                    };
            if (agree) {
                return;
            }
            if (theirs == IntentStatus.SUCCEEDED) {
                var field = ours == IntentStatus.SUCCEEDED ? IntentFields.RECEIVED : IntentFields.STATUS;
                var kind = ended ? OutcomeKind.CONFLICT : OutcomeKind.DRIFT_CORRECTED;
                came(kind, RETRIEVE, field, ours(field), theirs(field), says.money(intent));
            } else if (ended) {
                cancel(theirs);
            } else if (ours == IntentStatus.SUCCEEDED
                    || theirs == IntentStatus.OPEN
                    || theirs == IntentStatus.PROCESSING) {
                // Money that the log has seen is not there: no fact says so, and nothing may be done about it here.
                unresolved(IntentFields.STATUS, ours.toString(), theirs.toString());
            } else {
                came(
                        OutcomeKind.DRIFT_CORRECTED,
                        RETRIEVE,
                        IntentFields.STATUS,
                        ours.toString(),
                        theirs.toString(),
                        says.money(intent));
            }
        }

        /** Both have moved: we ended it, and somebody reserved the money, or only did not hear. */
        private void cancel(IntentStatus theirs) throws Refusal, TargetException, InterruptedException {
            var difference = difference(
                    IntentFields.STATUS, IntentStatus.CANCELED.toString(), theirs.toString(), dryRun ? null : OURS);
            boolean both = theirs == IntentStatus.CAPTURABLE;
            if (!dryRun) {
                var params = PaymentIntentCancelParams.builder()
                        .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                        .addExpand(StripeIntents.CUSTOMER)
                        .addExpand(StripeIntents.CHARGE)
                        .build();
                intent = stripe.call(Optional.empty(), v1 -> v1.paymentIntents().cancel(intent.getId(), params, null));
            }
            var found = dryRun ? OutcomeKind.DRIFT_FOUND : OutcomeKind.DRIFT_CORRECTED;
            findings.add(new Finding(both ? OutcomeKind.CONFLICT : found, CANCEL, List.of(difference)));
        }

        private void refunds() throws Refusal, TargetException, InterruptedException {
            for (var refund : intents.refunds(intent, Optional.empty())) {
                var fact = says.refund(refund);
                if (fact.isPresent() && !recorded(refund)) {
                    came(
                            OutcomeKind.DRIFT_CORRECTED,
                            "refunds.list",
                            "refunds." + StripeIds.refundId(refund),
                            known(refund)
                                    .map(each -> each.getStatus() + " " + each.getAmount())
                                    .orElse(null),
                            refund.getStatus() + " " + ours(refund),
                            List.of(fact.get()));
                }
            }
        }

        private boolean recorded(Refund refund) {
            boolean confirmed = "succeeded".equals(refund.getStatus());
            return known(refund)
                    .map(each -> confirmed
                            ? each.getStatus() == RefundStatus.CONFIRMED && each.getAmount() == ours(refund)
                            : each.getStatus() == RefundStatus.REJECTED)
                    // One that failed and was never asked for leaves no trace.
                    .orElse(!confirmed);
        }

        private Optional<RefundState> known(Refund refund) {
            var id = StripeIds.refundId(refund);
            return payment.getRefunds().stream()
                    .filter(each -> each.getRefundId().equals(id))
                    .findFirst();
        }

        private static long ours(Refund refund) {
            return StripeAmounts.fromStripe(refund.getAmount(), refund.getCurrency());
        }

        /** What the log owns is written again, where Stripe still lets it be. */
        private void written() throws Refusal, TargetException, InterruptedException {
            var wanted = fields.ours(subject.id(), payment, true).orElse(Map.of());
            var there = fields.theirs(intent);
            var differing = new ArrayList<FieldDifference>();
            var names = new TreeMap<String, String>(wanted);
            names.putAll(there);
            for (var field : names.keySet()) {
                var ours = wanted.get(field);
                var theirs = there.get(field);
                boolean logs = field.equals(IntentFields.DESCRIPTION)
                        || field.startsWith(IntentFields.METADATA)
                        || IntentStatus.of(intent).unpaid()
                                && ours != null
                                && (field.equals(IntentFields.CUSTOMER) || field.equals(IntentFields.AMOUNT));
                if (logs && !Objects.equals(ours, theirs)) {
                    differing.add(difference(field, ours, theirs, dryRun ? null : OURS));
                }
            }
            if (differing.isEmpty()) {
                return;
            }
            if (!dryRun) {
                update(differing);
            }
            findings.add(
                    new Finding(dryRun ? OutcomeKind.DRIFT_FOUND : OutcomeKind.DRIFT_CORRECTED, UPDATE, differing));
        }

        private void update(List<FieldDifference> differing) throws Refusal, TargetException, InterruptedException {
            var params = PaymentIntentUpdateParams.builder()
                    .addExpand(StripeIntents.CUSTOMER)
                    .addExpand(StripeIntents.CHARGE);
            for (var difference : differing) {
                var field = difference.getField();
                var ours = difference.getOurs() == null ? "" : difference.getOurs();
                switch (field) {
                    case IntentFields.DESCRIPTION -> params.setDescription(ours);
                    case IntentFields.AMOUNT ->
                        params.setAmount(StripeAmounts.toStripe(payment.getAmount(), payment.getCurrency()));
                    case IntentFields.CUSTOMER -> params.setCustomer(customer());
                    default -> params.putMetadata(field.substring(IntentFields.METADATA.length()), ours);
                }
            }
            intent = stripe.call(
                    Optional.empty(), v1 -> v1.paymentIntents().update(intent.getId(), params.build(), null));
        }

        /** If the intent has the organization's customer already, that one is gone. */
        private String customer() throws Refusal, TargetException, InterruptedException {
            var organization = payment.getOrganizationId();
            var known = customers.of(organization, Optional.empty());
            return StripeIntents.customer(intent).equals(Optional.of(known))
                    ? customers.inPlaceOf(known, organization, Optional.empty())
                    : known;
        }

        private void came(String operation, String field, String ours, String theirs, Fact fact) {
            came(OutcomeKind.DRIFT_CORRECTED, operation, field, ours, theirs, List.of(fact));
        }

        private void came(
                OutcomeKind kind, String operation, String field, String ours, String theirs, List<Fact> told) {
            facts.addAll(told);
            var found = dryRun && kind == OutcomeKind.DRIFT_CORRECTED ? OutcomeKind.DRIFT_FOUND : kind;
            findings.add(
                    new Finding(found, operation, List.of(difference(field, ours, theirs, dryRun ? null : THEIRS))));
        }

        /** Told once: not again as long as Stripe says the same. */
        private void unresolved(String field, String ours, String theirs) {
            if (!theirs.equals(subject.mirrored().get(field))) {
                findings.add(
                        new Finding(OutcomeKind.DRIFT_FOUND, RETRIEVE, List.of(difference(field, ours, theirs, null))));
            }
        }

        private FieldDifference difference(String field, String ours, String theirs, String kept) {
            return new FieldDifference(field, ours, theirs, subject.mirrored().get(field), kept);
        }

        private long received() {
            return intent.getAmountReceived() == null
                    ? 0
                    : StripeAmounts.fromStripe(intent.getAmountReceived(), intent.getCurrency());
        }

        private String ours(String field) {
            return fields.ours(subject.id(), payment, true).orElse(Map.of()).get(field);
        }

        private String theirs(String field) {
            return fields.theirs(intent).get(field);
        }
    }
}
