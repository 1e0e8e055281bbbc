package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Lives of payments under random commands, well-formed but in any order; the same ones in every run. */
final class PaymentLives {

    static final PaymentDecider DECIDER = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);

    private static final int LIVES = 1000;
    private static final int COMMANDS = 40;

    private PaymentLives() {}

    /**
     * One command in a life.
     *
     * @param seed which life
     * @param before the state that the command meets
     * @param after the state that its events make
     */
    record Step(
            long seed,
            PaymentState before,
            Command command,
            Decision<SpecificRecord, Refusal> decision,
            PaymentState after) {

        List<SpecificRecord> events() {
            return decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted
                    ? accepted.events()
                    : List.of();
        }

        boolean accepted() {
            return decision instanceof Decision.Accepted;
        }

        /** Whether the command tells what happened to the money, rather than wishes for something. */
        boolean fact() {
            var payload = command.payload();
            boolean request = payload instanceof CapturePayment
                    || payload instanceof CancelPayment
                    || payload instanceof RefundPayment
                    || payload instanceof ExpirePayment;
            boolean byProcessor = before.getProcessor() == Processor.STRIPE && command.origin() == Origin.STRIPE;
            return !request || payload instanceof CancelPayment && byProcessor;
        }
    }

    /** All steps of all lives. */
    static List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (long seed = 0; seed < LIVES; seed++) {
            var random = new Random(seed);
            var state = DECIDER.evolve(
                    DECIDER.initial(),
                    PaymentExamples.created(
                            one(random, CaptureMethod.AUTOMATIC, CaptureMethod.MANUAL),
                            one(random, Processor.STRIPE, Processor.STRIPE, Processor.NONE)));
            var now = NOON;
            for (int count = 0; count < COMMANDS; count++) {
                now = now.plusSeconds(random.nextInt(12 * 3600));
                var step = step(seed, state, command(random, state, now));
                steps.add(step);
                state = step.after();
            }
        }
        return steps;
    }

    private static Step step(long seed, PaymentState before, Command command) {
        var decision = DECIDER.decide(before, command);
        var after = before;
        if (decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted) {
            for (var event : accepted.events()) {
                after = DECIDER.evolve(after, event);
            }
        }
        return new Step(seed, before, command, decision, after);
    }

    private static Command command(Random random, PaymentState state, Instant now) {
        var payload = payload(random);
        var usual = payload instanceof ExpirePayment ? Origin.SYSTEM : PaymentExamples.teller(state.getProcessor());
        var origin = random.nextInt(8) == 0 ? one(random, Origin.values()) : usual;
        return new Command("p-1", payload, now, origin, References.NOT_ASKED);
    }

    private static SpecificRecord payload(Random random) {
        var refundId = one(random, "r-1", "r-2", "r-3", "r-4");
        long amount = one(random, 1L, 300L, 700L, 1000L, 1500L, Long.MAX_VALUE);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new CapturePayment();
            case 2 -> new CancelPayment("changed my mind", null);
            case 3, 4, 5 -> new RefundPayment(refundId, Math.min(amount, 2000L));
            case 6 -> new ExpirePayment();
            case 7, 8 -> new AuthorizePayment(one(random, "auth-1", "auth-2"), null);
            case 9 -> new CompletePayment(Math.min(amount, 2000L), null);
            case 10 -> new FailPayment(one(random, "card_declined", "expired_card"), "", null);
            case 11 -> new RejectCapture(one(random, "card_declined", "capture_failed"), "");
            case 12, 13 -> new ConfirmRefund(refundId, random.nextBoolean() ? null : amount, null);
            case 14 -> new RejectRefund(refundId, "refund_failed", "", null);
            default -> new LinkPayment(one(random, "pi_1", "pi_2"));
        };
    }

    @SafeVarargs
    private static <T> T one(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
