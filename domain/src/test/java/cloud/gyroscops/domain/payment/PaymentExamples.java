package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.Example;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Payments of 10.00 EUR, in every situation, and something to ask of one for every type of command. */
public final class PaymentExamples {

    /** When they expire. */
    public static final Instant EXPIRY = NOON.plus(PaymentDecider.DEFAULT_TIME_TO_LIVE);

    private PaymentExamples() {}

    /** How one began. */
    public static PaymentCreated created(CaptureMethod captureMethod, Processor processor) {
        return new PaymentCreated("o-1", "u-1", 1000L, "EUR", "", Map.of(), captureMethod, processor, EXPIRY);
    }

    /** At least one of each type; facts come from whoever moves the money. */
    public static List<Example> commands(CaptureMethod captureMethod, Processor processor) {
        var teller = teller(processor);
        var commands = new ArrayList<>(List.of(
                Example.of(new CreatePayment("o-1", "u-1", 1000L, "EUR", "", Map.of(), captureMethod, processor)),
                Example.of(new CapturePayment()),
                Example.of(new CancelPayment("changed my mind", null)),
                Example.of(new RefundPayment("r-2", 1000L)),
                Example.of(new ExpirePayment(), Origin.SYSTEM),
                Example.of(new AuthorizePayment("auth-1", null), teller),
                Example.of(new CompletePayment(1000L, null), teller),
                Example.of(new FailPayment("card_declined", "no funds", null), teller),
                Example.of(new RejectCapture("capture_failed", "too late"), teller),
                Example.of(new ConfirmRefund("r-1", 1000L, null), teller),
                Example.of(new RejectRefund("r-1", "refund_failed", "account closed", null), teller),
                Example.of(new LinkPayment("pi_1"), teller)));
        if (processor == Processor.STRIPE) {
            commands.add(3, Example.of(new CancelPayment("abandoned", null), Origin.STRIPE, "by Stripe"));
        }
        return List.copyOf(commands);
    }

    /** The events that lead to each situation, by its name. */
    public static Map<String, List<SpecificRecord>> situations(CaptureMethod captureMethod, Processor processor) {
        var created = created(captureMethod, processor);
        var authorized = new PaymentAuthorized("auth-1", null);
        var completed = new PaymentCompleted(1000L, null);
        var received = captureMethod == CaptureMethod.AUTOMATIC
                ? List.<SpecificRecord>of(created, completed)
                : List.<SpecificRecord>of(created, authorized, new CaptureRequested(), completed);
        var situations = new LinkedHashMap<String, List<SpecificRecord>>();
        situations.put("NONE", List.of());
        situations.put("PENDING", List.of(created));
        situations.put("AUTHORIZED", List.of(created, authorized));
        situations.put("CAPTURING", List.of(created, authorized, new CaptureRequested()));
        situations.put("COMPLETED", received);
        situations.put("COMPLETED, r-1 requested", and(received, new RefundRequested("r-1", 1000L)));
        situations.put("REFUNDED by r-1", and(received, new RefundConfirmed("r-1", 1000L, null)));
        situations.put("CANCELLED", List.of(created, new PaymentCancelled("changed my mind")));
        situations.put("FAILED", List.of(created, new PaymentFailed("card_declined", "no funds", null)));
        situations.put("EXPIRED", List.of(created, new PaymentExpired()));
        return situations;
    }

    /** A specification over no payment yet. */
    static DeciderSpecification<PaymentState> nothing() {
        return DeciderSpecification.of(new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE), "p-1");
    }

    /** A specification over a payment in one of {@link #situations}; commands come from the one who moves its money. */
    static DeciderSpecification<PaymentState> payment(
            String situation, CaptureMethod captureMethod, Processor processor) {
        return nothing()
                .given(situations(captureMethod, processor).get(situation).toArray(SpecificRecord[]::new))
                .from(teller(processor));
    }

    /** The usual one: moved by Stripe, captured when asked. */
    static DeciderSpecification<PaymentState> payment(String situation) {
        return payment(situation, CaptureMethod.MANUAL, Processor.STRIPE);
    }

    /** Who reports what happened to the money; said again, so that the rule itself is tested. */
    static Origin teller(Processor processor) {
        return processor == Processor.STRIPE ? Origin.STRIPE : Origin.CLIENT;
    }

    private static List<SpecificRecord> and(List<SpecificRecord> events, SpecificRecord next) {
        var all = new ArrayList<>(events);
        all.add(next);
        return List.copyOf(all);
    }
}
