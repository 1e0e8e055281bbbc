package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.WideSum;
import java.math.BigInteger;

/**
 * Sums of amounts. Amounts come from outside and may be as large as a long: a sum that wraps around would be wrong, one that
 * stops at the largest long would be wrong once something is taken off it again, and one that fails would stop the views.
 */
final class Wide {

    private static final int LOW_BITS = 64;
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Wide() {}

    static WideSum zero() {
        return new WideSum(0L, 0L);
    }

    /** Adds an amount, which may be below 0. */
    static void add(WideSum sum, long amount) {
        long low = sum.getLow() + amount;
        long carry = Long.compareUnsigned(low, amount) < 0 ? 1 : 0;
        sum.setHigh(sum.getHigh() + (amount >> (Long.SIZE - 1)) + carry);
        sum.setLow(low);
    }

    static BigInteger value(WideSum sum) {
        var low = BigInteger.valueOf(sum.getLow());
        return BigInteger.valueOf(sum.getHigh())
                .add(sum.getLow() < 0 ? BigInteger.ONE : BigInteger.ZERO)
                .shiftLeft(LOW_BITS)
                .add(low);
    }

    /** At most what a long holds. */
    static long saturated(BigInteger sum) {
        return sum.min(LARGEST).longValueExact();
    }
}
