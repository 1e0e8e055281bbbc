package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.contract.payment.PaymentStatus.AUTHORIZED;
import static cloud.gyroscops.contract.payment.PaymentStatus.CANCELLED;
import static cloud.gyroscops.contract.payment.PaymentStatus.CAPTURING;
import static cloud.gyroscops.contract.payment.PaymentStatus.COMPLETED;
import static cloud.gyroscops.contract.payment.PaymentStatus.EXPIRED;
import static cloud.gyroscops.contract.payment.PaymentStatus.FAILED;
import static cloud.gyroscops.contract.payment.PaymentStatus.PENDING;
import static cloud.gyroscops.contract.payment.PaymentStatus.REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.payment.PaymentLives.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds in every life of a payment, whatever comes and in whatever order. */
final class PaymentPropertiesTest {

    private static final List<Step> STEPS = PaymentLives.steps();

    /** REFUNDED is reached directly where a refund was reported before what it gives back. */
    private static final Map<PaymentStatus, Set<PaymentStatus>> TRANSITIONS = Map.of(
            PENDING, EnumSet.of(AUTHORIZED, COMPLETED, REFUNDED, CANCELLED, FAILED, EXPIRED),
            AUTHORIZED, EnumSet.of(CAPTURING, COMPLETED, REFUNDED, CANCELLED, FAILED, EXPIRED),
            CAPTURING, EnumSet.of(AUTHORIZED, COMPLETED, REFUNDED, CANCELLED, FAILED),
            COMPLETED, EnumSet.of(REFUNDED),
            REFUNDED, EnumSet.of(COMPLETED),
            CANCELLED, EnumSet.of(COMPLETED, REFUNDED),
            FAILED, EnumSet.of(AUTHORIZED, COMPLETED, REFUNDED, CANCELLED),
            EXPIRED, EnumSet.of(COMPLETED, REFUNDED));

    private static final Set<PaymentStatus> TERMINAL = EnumSet.of(COMPLETED, REFUNDED, CANCELLED, FAILED, EXPIRED);

    @Test
    void random_lives_take_every_documented_transition() {
        var taken = STEPS.stream()
                .filter(PaymentPropertiesTest::moves)
                .collect(Collectors.groupingBy(
                        step -> step.before().getStatus(),
                        Collectors.mapping(step -> step.after().getStatus(), Collectors.toSet())));

        assertThat(taken).isEqualTo(TRANSITIONS);
    }

    @Test
    void random_lives_raise_every_flag() {
        var raised =
                STEPS.stream().flatMap(step -> step.after().getFlags().stream()).collect(Collectors.toSet());

        assertThat(raised).isEqualTo(EnumSet.complementOf(EnumSet.of(PaymentFlag.UNKNOWN)));
    }

    @Test
    void no_more_is_refunded_than_was_received_unless_flagged() {
        holds(step -> PaymentRules.refunded(step.after()) <= step.after().getAmountReceived()
                || !step.after().getFlags().isEmpty());
    }

    @Test
    void what_is_refundable_is_between_nothing_and_what_was_received() {
        holds(step -> PaymentRules.refundable(step.after()) >= 0
                && PaymentRules.refundable(step.after()) <= step.after().getAmountReceived());
    }

    @Test
    void no_more_is_asked_back_than_is_refundable() {
        holds(step -> !(step.command().payload() instanceof RefundPayment refund)
                || !step.accepted()
                || refund.getAmount() <= PaymentRules.refundable(step.before()));
    }

    @Test
    void a_terminal_status_changes_only_by_facts() {
        holds(step -> !moves(step) || !TERMINAL.contains(step.before().getStatus()) || step.fact());
    }

    @Test
    void only_known_facts_make_a_payment_received() {
        holds(step -> step.after().getAmountReceived() == step.before().getAmountReceived()
                || step.command().payload() instanceof CompletePayment
                        && step.after().getAmountReceived() > step.before().getAmountReceived());
    }

    @Test
    void money_received_is_never_left_in_another_status() {
        holds(step -> step.after().getAmountReceived() > 0
                == EnumSet.of(COMPLETED, REFUNDED).contains(step.after().getStatus()));
    }

    @Test
    void a_payment_is_refunded_exactly_when_nothing_is_left_of_what_was_received() {
        holds(step -> step.after().getAmountReceived() == 0
                || (step.after().getStatus() == REFUNDED)
                        == (PaymentRules.refunded(step.after()) >= step.after().getAmountReceived()));
    }

    @Test
    void facts_from_the_one_who_moves_the_money_that_were_taken_are_known_when_repeated() {
        holds(step -> !step.fact()
                || !step.accepted()
                || PaymentLives.DECIDER.decide(step.after(), step.command()).equals(Decision.accept()));
    }

    @Test
    void deciding_again_gives_the_same_decision() {
        holds(step -> PaymentLives.DECIDER.decide(step.before(), step.command()).equals(step.decision()));
    }

    @Test
    void refunds_and_flags_are_never_forgotten() {
        holds(step -> refundIds(step.after()).containsAll(refundIds(step.before()))
                && step.after().getFlags().containsAll(step.before().getFlags()));
    }

    @Test
    void each_refund_and_each_flag_is_there_once() {
        holds(step -> Set.copyOf(refundIds(step.after())).size()
                        == step.after().getRefunds().size()
                && Set.copyOf(step.after().getFlags()).size()
                        == step.after().getFlags().size());
    }

    @Test
    void what_was_agreed_at_creation_stays() {
        holds(step -> step.after().getAmount() == step.before().getAmount()
                && step.after().getCurrency().equals(step.before().getCurrency())
                && step.after().getOrganizationId().equals(step.before().getOrganizationId())
                && step.after().getProcessor() == step.before().getProcessor()
                && step.after().getCaptureMethod() == step.before().getCaptureMethod()
                && step.after().getExpiresAt().equals(step.before().getExpiresAt()));
    }

    @Test
    void no_payment_expires_before_its_time() {
        holds(step -> !(step.command().payload() instanceof ExpirePayment)
                || !step.accepted()
                || !step.command().time().isBefore(step.before().getExpiresAt()));
    }

    private static boolean moves(Step step) {
        return step.before().getStatus() != step.after().getStatus();
    }

    private static List<String> refundIds(PaymentState payment) {
        return payment.getRefunds().stream().map(RefundState::getRefundId).toList();
    }

    private static void holds(Predicate<Step> property) {
        assertThat(STEPS.stream().filter(property.negate()).findFirst()).isEmpty();
    }
}
