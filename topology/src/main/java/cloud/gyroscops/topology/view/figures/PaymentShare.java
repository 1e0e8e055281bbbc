package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.domain.payment.PaymentRules;
import java.util.Optional;

/**
 * What one payment adds to the figures; amounts in the currency's minor unit.
 *
 * @param refunded what was given back
 * @param refunds how many refunds were confirmed
 */
record PaymentShare(String currency, PaymentStatus status, long asked, long received, long refunded, long refunds) {

    /** The share of a view; none where there is no view. */
    static Optional<PaymentShare> of(PaymentView view) {
        return Optional.ofNullable(view)
                .map(PaymentView::getState)
                .map(payment -> new PaymentShare(
                        payment.getCurrency(),
                        payment.getStatus(),
                        payment.getAmount(),
                        payment.getAmountReceived(),
                        PaymentRules.refunded(payment),
                        payment.getRefunds().stream()
                                .filter(refund -> refund.getStatus() == RefundStatus.CONFIRMED)
                                .count()));
    }
}
