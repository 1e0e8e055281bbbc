package cloud.gyroscops.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.schemas.Aggregate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AmountsTest extends CheckerSpecification {

    @BeforeEach
    void complete() {
        organization("o-1");
        payment("p-1", "o-1", null);
        chronicle.happens("p-1", new CompletePayment(1000L, null));
    }

    @Test
    void refundsOfAllThatWasReceivedAreRight() {
        chronicle.happens("p-1", new RefundPayment("r-1", 600L));
        chronicle.happens("p-1", new RefundPayment("r-2", 400L));
        chronicle.happens("p-1", new ConfirmRefund("r-1", null, null));

        content();
    }

    @Test
    void askingForMoreThanIsLeftIsFound() {
        chronicle.happens("p-1", new RefundPayment("r-1", 600L));

        violated(Invariant.AMOUNTS, forged(new RefundRequested("r-2", 401L)));
    }

    @Test
    void givingBackMoreThanWasReceivedIsFound() {
        violated(Invariant.AMOUNTS, forged(new RefundConfirmed("r-1", 1001L, null)));
    }

    @Test
    void aNegativeAmountIsFound() {
        violated(Invariant.AMOUNTS, forged(new RefundRequested("r-1", -1L)));
    }

    private Place forged(SpecificRecord event) {
        var command = chronicle.command("p-1", "c-x", new RefundPayment("r-9", 1L));
        return chronicle
                .record(Aggregate.PAYMENTS, "p-1", "c-x", command, List.of(event))
                .event();
    }

    @Test
    void aFlaggedFactMaySayMore() {
        forged(new RefundConfirmed("r-1", 1001L, PaymentFlag.DIFFERS));

        assertThat(chronicle.check().counts()).doesNotContainKey(Invariant.AMOUNTS);
    }
}
