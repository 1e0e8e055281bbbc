package cloud.gyroscops.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.ApiResource.RequestMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests are called in the metrics. */
final class StripeOperationTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/payment_intents, payment_intents.create",
        "GET, /v1/payment_intents, payment_intents.list",
        "GET, /v1/payment_intents/search, payment_intents.search",
        "GET, /v1/payment_intents/pi_1, payment_intents.retrieve",
        "POST, /v1/payment_intents/pi_1, payment_intents.update",
        "POST, /v1/payment_intents/pi_1/capture, payment_intents.capture",
        "DELETE, /v1/customers/cus_1, customers.delete",
        "POST, /behind/a/proxy/v1/refunds, refunds.create"
    })
    void isCalledAsInStripesApi(RequestMethod method, String path, String operation) {
        assertThat(StripeOperation.of(method, path)).isEqualTo(operation);
    }
}
