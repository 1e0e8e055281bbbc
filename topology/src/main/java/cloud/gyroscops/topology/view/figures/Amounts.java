package cloud.gyroscops.topology.view.figures;

/**
 * Money in one currency, in its minor unit. A sum beyond what a long holds is given as the largest long.
 *
 * @param asked what the payments were created with
 * @param received what came in
 * @param refunded what was given back
 */
public record Amounts(String currency, long asked, long received, long refunded) {

    static Amounts of(PaymentSums.OfCurrency sums) {
        return new Amounts(
                sums.currency(),
                Wide.saturated(sums.asked()),
                Wide.saturated(sums.received()),
                Wide.saturated(sums.refunded()));
    }
}
