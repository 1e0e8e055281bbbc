package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentTimeoutTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TopologySpecification topology = new TopologySpecification();

    @BeforeEach
    void givenAnOrganization() {
        topology.given("o-1", new OrganizationCreated("Acme"));
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aPaymentExpiresWhenItsTimeIsUp() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .advance(DAY)
                .then(new PaymentExpired())
                .thenAccepted();

        assertThat(status()).isEqualTo(PaymentStatus.EXPIRED);
        assertThat(topology.events().get(0).message().header().getOrigin()).isEqualTo(Origin.SYSTEM);
        assertThat(topology.events().get(0).message().header().getActor()).isEqualTo("system");
    }

    @Test
    void aPaymentDoesNotExpireBefore() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .advance(DAY.minusMillis(1))
                .thenNoEvent();

        assertThat(topology.commandsAgain()).isEmpty();
    }

    @Test
    void aPaymentExpiresOnce() {
        topology.when("p-1", Payloads.createPayment("o-1")).advance(DAY);

        topology.advance(DAY).thenNoEvent();

        assertThat(topology.commandsAgain()).isEmpty();
    }

    @Test
    void aGivenPaymentExpiresToo() {
        topology.given("p-1", Payloads.paymentCreated("o-1", topology.now()))
                .advance(DAY)
                .then(new PaymentExpired());
    }

    @Test
    void theTimeoutGoesThroughTheCommandsTopicUnderAnIdThatIsAlwaysTheSame() {
        topology.when("p-1", Payloads.createPayment("o-1")).advance(DAY);
        var sent = topology.commandsAgain();
        String again;
        try (var other = new TopologySpecification()) {
            again = other.given("o-1", new OrganizationCreated("Acme"))
                    .when("p-1", Payloads.createPayment("o-1"))
                    .advance(DAY)
                    .commandsAgain()
                    .get(0)
                    .message()
                    .header()
                    .getCommandId();
        }

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).keyText()).isEqualTo("p-1");
        assertThat(sent.get(0).message().payload()).isEqualTo(new ExpirePayment());
        assertThat(sent.get(0).message().header().getCommandId())
                .startsWith("timeout-")
                .isEqualTo(again);
        assertThat(topology.result().keyText()).isEqualTo(again);
    }

    @Test
    void aCompletedPaymentDoesNotExpire() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .when("p-1", new CompletePayment(1000L, null))
                .advance(DAY)
                .thenNoEvent();

        assertThat(topology.commandsAgain()).isEmpty();
    }

    @Test
    void anAuthorizedPaymentExpires() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .when("p-1", new AuthorizePayment("auth-1", null))
                .advance(DAY)
                .then(new PaymentExpired());
    }

    @Test
    void aCaptureThatIsRejectedAfterTheDeadlineLetsThePaymentExpire() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .when("p-1", new AuthorizePayment("auth-1", null))
                .when("p-1", new CapturePayment())
                .advance(DAY.plusHours(1))
                .thenNoEvent()
                .when("p-1", new RejectCapture("declined", "no funds"))
                .advance(SECOND)
                .then(new PaymentExpired());
    }

    @Test
    void manyPaymentsExpireInTheOrderOfTheirTimes() {
        topology.when("p-9", Payloads.createPayment("o-1"))
                .advance(SECOND)
                .when("p-1", Payloads.createPayment("o-1"))
                .advance(DAY);

        assertThat(topology.events()).extracting(event -> event.keyText()).containsExactly("p-9@2", "p-1@2");
    }

    @Test
    void aClientCannotMakeAPaymentExpire() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .when("p-1", new ExpirePayment())
                .thenNoEvent()
                .thenRefused(RefusalReason.ORIGIN_NOT_ALLOWED);
    }

    @Test
    void aTimeoutThatComesTooEarlyIsSentAgainWhenItIsTime() {
        topology.when("p-1", Payloads.createPayment("o-1"))
                .when("p-1", new ExpirePayment(), header -> header.setOrigin(Origin.SYSTEM))
                .thenNoEvent()
                .thenRefused(RefusalReason.INVALID_STATE);

        // Sent every second until then, they would drive the client's commands out of those that are remembered.
        topology.advance(Duration.ofHours(23));
        assertThat(topology.commandsAgain()).isEmpty();

        topology.advance(Duration.ofHours(1)).then(new PaymentExpired());
    }

    private PaymentStatus status() {
        return ((PaymentState) topology.state(Aggregate.PAYMENTS, "p-1")).getStatus();
    }
}
