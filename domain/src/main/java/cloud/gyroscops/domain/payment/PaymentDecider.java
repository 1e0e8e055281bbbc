package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.Decision.refuse;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.domain.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;

/**
 * The rules of payments. Requests (create, capture, cancel, refund) are wishes and may be refused; facts (authorized,
 * completed, failed, …) report what happened to the money, and are taken whenever they can be true.
 */
public final class PaymentDecider implements Decider<Command, PaymentState, SpecificRecord, Refusal> {

    /** How long a payment may stay pending or authorized, unless told otherwise. */
    public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofDays(1);

    // Not by its builder: that reads defaults through Avro, which loads only classes that the process declared trusted.
    private static final PaymentState INITIAL = new PaymentState(
            PaymentStatus.NONE,
            "",
            null,
            0L,
            "",
            "",
            Map.of(),
            CaptureMethod.UNKNOWN,
            Processor.UNKNOWN,
            null,
            null,
            null,
            0L,
            List.of(),
            null,
            List.of());

    private final Cases<Situation<PaymentState>, Decision<SpecificRecord, Refusal>> cases;

    /**
     * Makes the rules.
     *
     * @param timeToLive how long a new payment may stay pending or authorized before it expires; more than 0
     */
    public PaymentDecider(Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "a payment's time to live is " + timeToLive + "; it must be more than 0");
        }
        cases = Cases.<Situation<PaymentState>, Decision<SpecificRecord, Refusal>>over(PaymentCommand.getClassSchema())
                .on(CreatePayment.class, (situation, create) -> PaymentRequests.create(situation, create, timeToLive))
                .on(CapturePayment.class, PaymentRequests::capture)
                .on(CancelPayment.class, PaymentRequests::cancel)
                .on(RefundPayment.class, PaymentRequests::refund)
                .on(ExpirePayment.class, PaymentRequests::expire)
                .on(AuthorizePayment.class, fact(PaymentFacts::authorize))
                .on(CompletePayment.class, fact(PaymentFacts::complete))
                .on(FailPayment.class, fact(PaymentFacts::fail))
                .on(RejectCapture.class, fact(PaymentFacts::rejectCapture))
                .on(ConfirmRefund.class, fact(PaymentFacts::confirmRefund))
                .on(RejectRefund.class, fact(PaymentFacts::rejectRefund))
                .on(LinkPayment.class, fact(PaymentFacts::link))
                .complete();
    }

    @Override
    public PaymentState initial() {
        return INITIAL;
    }

    @Override
    public Decision<SpecificRecord, Refusal> decide(PaymentState state, Command command) {
        boolean exists = state.getStatus() != PaymentStatus.NONE;
        boolean creates = command.payload() instanceof CreatePayment;
        if (exists && creates) {
            return refuse(RefusalReason.ALREADY_EXISTS, "payment " + command.aggregateId() + " exists already");
        }
        if (!exists && !creates) {
            return refuse(RefusalReason.NOT_FOUND, "there is no payment " + command.aggregateId());
        }
        return cases.apply(new Situation<>(state, command), command.payload());
    }

    @Override
    public PaymentState evolve(PaymentState state, SpecificRecord event) {
        return PaymentEvolution.CASES.apply(state, event);
    }

    /** Facts are taken only from whoever moves this payment's money. */
    private static <P> BiFunction<Situation<PaymentState>, P, Decision<SpecificRecord, Refusal>> fact(Fact<P> fact) {
        return (situation, payload) -> {
            var teller = PaymentRules.teller(situation.state().getProcessor());
            if (situation.command().origin() != teller) {
                return refuse(
                        RefusalReason.ORIGIN_NOT_ALLOWED,
                        "facts about a payment with processor "
                                + situation.state().getProcessor() + " come from origin " + teller + ", not "
                                + situation.command().origin());
            }
            var fields = new Fields();
            var decision = fact.decide(situation.state(), payload, fields);
            return fields.refused() ? fields.refusal() : decision;
        };
    }

    /** The case of one fact; where it finds a field wrong, its decision does not count. */
    @FunctionalInterface
    private interface Fact<P> {
        Decision<SpecificRecord, Refusal> decide(PaymentState payment, P payload, Fields fields);
    }
}
