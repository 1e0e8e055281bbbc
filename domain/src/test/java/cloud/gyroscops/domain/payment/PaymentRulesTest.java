package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.EXPIRY;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What time-outs and views ask, beside what the decider's own tests show. */
final class PaymentRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "AUTHORIZED"})
    void a_payment_that_waits_for_its_money_has_an_expiry(String situation) {
        assertThat(PaymentRules.expiresAt(state(situation))).contains(EXPIRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "CAPTURING", "COMPLETED", "REFUNDED by r-1", "CANCELLED", "FAILED", "EXPIRED"})
    void no_other_payment_has(String situation) {
        assertThat(PaymentRules.expiresAt(state(situation))).isEmpty();
    }

    private static PaymentState state(String situation) {
        return PaymentExamples.payment(situation, CaptureMethod.MANUAL, Processor.STRIPE)
                .when(new LinkPayment("pi_1"))
                .state();
    }
}
