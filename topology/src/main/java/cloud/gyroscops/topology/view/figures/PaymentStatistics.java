package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The payments that were created in a range of dates.
 *
 * @param byStatus how many have a status now; statuses that none has are left out
 * @param byCurrency how many are in a currency, by its code
 * @param amounts for each currency, in the order of codes
 */
public record PaymentStatistics(
        long total, Map<PaymentStatus, Long> byStatus, Map<String, Long> byCurrency, List<Amounts> amounts) {

    static PaymentStatistics of(PaymentSums sums) {
        var byCurrency = new TreeMap<String, Long>();
        sums.currencies().forEach(currency -> byCurrency.put(currency.currency(), currency.total()));
        return new PaymentStatistics(
                sums.total(),
                sums.byStatus(),
                byCurrency,
                sums.currencies().stream().map(Amounts::of).toList());
    }
}
