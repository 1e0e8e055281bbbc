package cloud.gyroscops.topology.view.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parts of a whole. */
final class Rates {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    private Rates() {}

    /** Per cent with two decimals, half of the last one rounded up; 0.00 of nothing. */
    static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO.setScale(DECIMALS)
                : BigDecimal.valueOf(part)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_UP);
    }
}
