package cloud.gyroscops.connectors.stripe.simulator;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What Stripe takes for an amount. */
final class Money {

    private static final long LARGEST = 99_999_999;
    private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final Set<String> WHOLE_UNITS = Set.of("isk", "ugx");
    private static final Map<String, Long> SMALLEST =
            Map.of("usd", 50L, "eur", 50L, "gbp", 30L, "jpy", 50L, "cad", 50L, "chf", 50L, "aud", 50L);

    private Money() {}

    /** The lower-case code. */
    static String currency(String given) {
        var currency = given.toLowerCase(Locale.ROOT);
        try {
            if (Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException unknown) {
            // Told below.
        }
        throw Rejection.invalid("currency_not_supported", "currency", "Invalid currency: " + currency);
    }

    static long charged(long amount, String currency, String param) {
        long smallest = SMALLEST.getOrDefault(currency, 1L);
        if (amount < smallest) {
            throw Rejection.invalid(
                    "amount_too_small",
                    param,
                    "Amount must be at least " + smallest + " in the smallest unit of " + currency + ".");
        }
        return exact(amount, currency, param);
    }

    static long exact(long amount, String currency, String param) {
        if (amount < 1) {
            throw Rejection.invalid(
                    "parameter_invalid_integer", param, "This value must be greater than or equal to 1.");
        }
        if (amount > LARGEST) {
            throw Rejection.invalid("amount_too_large", param, "Amount must be no more than " + LARGEST + ".");
        }
        boolean exact = THREE_DECIMALS.contains(currency)
                ? amount % 10 == 0
                : !WHOLE_UNITS.contains(currency) || amount % 100 == 0;
        if (!exact) {
            throw Rejection.invalid(
                    "parameter_invalid_integer", param, "Invalid amount " + amount + " for the currency " + currency);
        }
        return amount;
    }
}
