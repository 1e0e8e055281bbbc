package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.payment.PaymentState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the worker is told, and what it knows. */
final class Effects {

    private Effects() {}

    static PaymentState payment(Subject subject) {
        return (PaymentState) subject.state();
    }

    /** The intent's id, as the worker or the log know it. */
    static Optional<String> externalId(Subject subject) {
        return subject.externalId()
                .or(() -> Optional.ofNullable(payment(subject).getExternalId()));
    }

    /** That Stripe has no such intent was found before. */
    static boolean toldMissing(Subject subject) {
        return IntentFields.MISSING.equals(subject.mirrored().get(IntentFields.STATUS));
    }

    static Effect nothing(String operation) {
        return new Effect(OutcomeKind.MIRRORED, operation, Optional.empty(), Map.of(), List.of(), List.of());
    }

    static Effect none(String operation, List<Fact> facts) {
        return new Effect(OutcomeKind.MIRRORED, operation, Optional.empty(), Map.of(), facts, List.of());
    }
}
