package cloud.gyroscops.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountsTest {

    @ParameterizedTest
    @CsvSource({
        "EUR, 1050, 1050",
        "USD, 1, 1",
        "JPY, 500, 500",
        "KRW, 500, 500",
        "ISK, 5, 500",
        "UGX, 5, 500",
        "MGA, 500, 5",
        "BHD, 1230, 1230",
        "TND, 10, 10"
    })
    void amountsGoThereAndBack(String currency, long ours, long stripes) {
        assertThat(StripeAmounts.toStripe(ours, currency)).isEqualTo(stripes);
        assertThat(StripeAmounts.fromStripe(stripes, currency.toLowerCase(Locale.ROOT)))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"KWD, 1234, 10", "JOD, 1, 10", "OMR, 19, 10", "MGA, 150, 100"})
    void whatStripeCannotCountIsNamed(String currency, long ours, long multiple) {
        assertThatThrownBy(() -> StripeAmounts.toStripe(ours, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(ours + " " + currency
                        + " (minor units) is no amount that Stripe takes; it must be a multiple of " + multiple);
    }

    @Test
    void whatIsTooMuchIsNamed() {
        assertThatThrownBy(() -> StripeAmounts.toStripe(Long.MAX_VALUE, "ISK"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than Stripe counts");
    }

    @Test
    void aPartOfOurMinorUnitIsNoAmountOfOurs() {
        assertThatThrownBy(() -> StripeAmounts.fromStripe(150, "isk"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("150 ISK");
    }

    @Test
    void everyCurrencyWithMinorUnitsGoesThereAndBack() {
        for (var currency : Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0) {
                var code = currency.getCurrencyCode();
                long there = StripeAmounts.toStripe(120_000, code);
                assertThat(StripeAmounts.fromStripe(there, code)).as(code).isEqualTo(120_000);
            }
        }
    }
}
