package cloud.gyroscops.connectors.stripe;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/**
 * Our amounts, in minor units as ISO 4217 and {@link Currency} have them, and Stripe's, whose exponents differ for some.
 *
 * @see <a href="https://docs.stripe.com/currencies#special-cases">Stripe: special cases of currencies</a>
 */
public final class StripeAmounts {

    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> WITH_THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** For Stripe they have two decimals, which must be 00. */
    private static final Set<String> WHOLE_WITH_DECIMALS = Set.of("ISK", "UGX");

    private StripeAmounts() {}

    /**
     * Our amount as Stripe counts it.
     *
     * @throws IllegalArgumentException if Stripe cannot take that amount; the message names it and what would be right
     */
    public static long toStripe(long amount, String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        int shift = stripeDigits(code) - digits(code);
        long result;
        if (shift >= 0) {
            try {
                result = Math.multiplyExact(amount, power(shift));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        amount + " " + code + " (minor units) is more than Stripe counts", e);
            }
        } else {
            result = exactly(amount, power(-shift), amount, code);
        }
        if (WITH_THREE_DECIMALS.contains(code)) {
            exactly(result, 10, amount, code);
        }
        return result;
    }

    /**
     * Stripe's amount as we count it.
     *
     * @throws IllegalArgumentException if it is no whole number of our minor units
     */
    public static long fromStripe(long amount, String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        int shift = stripeDigits(code) - digits(code);
        if (shift <= 0) {
            return Math.multiplyExact(amount, power(-shift));
        }
        if (amount % power(shift) != 0) {
            throw new IllegalArgumentException("Stripe has " + amount + " " + code
                    + " in its units, which is no whole number of ours; it must be a multiple of " + power(shift));
        }
        return amount / power(shift);
    }

    private static int stripeDigits(String code) {
        if (WITHOUT_DECIMALS.contains(code)) {
            return 0;
        }
        return WITH_THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    private static int digits(String code) {
        int digits = Currency.getInstance(code).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(code + " has no minor units; Stripe takes no amounts of it");
        }
        return WHOLE_WITH_DECIMALS.contains(code) ? 0 : digits;
    }

    private static long exactly(long amount, long divisor, long ours, String code) {
        if (amount % divisor != 0) {
            throw new IllegalArgumentException(ours + " " + code
                    + " (minor units) is no amount that Stripe takes; it must be a multiple of " + divisor);
        }
        return amount / divisor;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
