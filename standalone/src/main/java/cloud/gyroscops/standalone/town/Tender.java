package cloud.gyroscops.standalone.town;

import java.util.Currency;
import java.util.List;

/**
 * A currency that is paid with here.
 *
 * @param code ISO 4217
 * @param hundredths how many of its hundredths buy what one hundredth of a euro buys, times 100, roughly
 */
record Tender(String code, int hundredths) {

    static final List<Tender> ALL = List.of(
            new Tender("EUR", 100),
            new Tender("USD", 110),
            new Tender("JPY", 16_000),
            new Tender("GBP", 85),
            new Tender("CHF", 95),
            new Tender("SEK", 1_100),
            new Tender("PLN", 430),
            new Tender("KWD", 33),
            new Tender("BRL", 600),
            new Tender("INR", 9_000));

    /** What something costs in this currency's minor units, at least 1: whole numbers only, the same everywhere. */
    long price(long euroCents) {
        long minor = euroCents * hundredths / 100;
        int digits = Currency.getInstance(code).getDefaultFractionDigits();
        for (int digit = 2; digit < digits; digit++) {
            minor *= 10;
        }
        for (int digit = digits; digit < 2; digit++) {
            minor /= 10;
        }
        return Math.max(1, minor);
    }
}
