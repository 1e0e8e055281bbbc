package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.LastFailure;
import cloud.gyroscops.contract.view.LastPayment;
import cloud.gyroscops.contract.view.PaymentFigures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How payments go, all that there ever were.
 *
 * @param failed the ones that are failed now: another attempt at one may succeed
 * @param amounts for each currency, in the order of codes
 * @param successRate per cent with two decimals: completed ÷ (completed + failed). Whoever is wholly refunded was completed;
 *     payments that are under way, cancelled or expired are on neither side. 0.00 where nothing was completed or failed
 * @param refunds for each currency in which something was refunded, in the order of codes
 * @param lastPayment the one created last; empty if there is none
 * @param lastFailure the failure reported last, whatever became of the payment; empty if there is none
 */
public record PaymentDashboard(
        long total,
        long failed,
        List<Amounts> amounts,
        BigDecimal successRate,
        List<Refunds> refunds,
        Optional<Payment> lastPayment,
        Optional<Failure> lastFailure) {

    /** How many refunds were confirmed, and what they gave back, in the currency's minor unit. */
    public record Refunds(String currency, long count, long amount) {}

    /** A payment: what was asked for, in the currency's minor unit, and when it was created. */
    public record Payment(String id, Instant createdAt, long amount, String currency) {

        static Payment of(LastPayment last) {
            return new Payment(last.getId(), last.getCreatedAt(), last.getAmount(), last.getCurrency());
        }
    }

    /** A payment's failure: when it was reported, and as what. */
    public record Failure(String id, Instant failedAt, String code, String message) {

        static Failure of(LastFailure last) {
            return new Failure(last.getId(), last.getFailedAt(), last.getCode(), last.getMessage());
        }
    }

    static PaymentDashboard of(Collection<PaymentFigures> partitions) {
        var sums = partitions.stream()
                .map(figures -> PaymentSums.of(figures.getCurrencies()))
                .reduce(PaymentSums.NONE, PaymentSums::plus);
        var byStatus = sums.byStatus();
        long failed = byStatus.getOrDefault(PaymentStatus.FAILED, 0L);
        long completed =
                byStatus.getOrDefault(PaymentStatus.COMPLETED, 0L) + byStatus.getOrDefault(PaymentStatus.REFUNDED, 0L);
        return new PaymentDashboard(
                sums.total(),
                failed,
                sums.currencies().stream().map(Amounts::of).toList(),
                Rates.percent(completed, completed + failed),
                sums.currencies().stream()
                        .filter(currency -> currency.refunds() > 0)
                        .map(currency -> new Refunds(
                                currency.currency(), currency.refunds(), Wide.saturated(currency.refunded())))
                        .toList(),
                Optional.ofNullable(partitions.stream()
                                .map(PaymentFigures::getLastPayment)
                                .reduce(null, Latest::payment))
                        .map(Payment::of),
                Optional.ofNullable(partitions.stream()
                                .map(PaymentFigures::getLastFailure)
                                .reduce(null, Latest::failure))
                        .map(Failure::of));
    }
}
