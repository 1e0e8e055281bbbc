package cloud.gyroscops.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.stripe.simulator.Webhooks;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_780_000_000);
    private static final String BODY = "{\"id\":\"evt_1\"}";

    private final StripeSignature signature =
            new StripeSignature(List.of("whsec_old", "whsec_new"), Duration.ofSeconds(300));

    private boolean holds(String body, String header) {
        return signature.holds(body.getBytes(StandardCharsets.UTF_8), header, NOW);
    }

    private static String signed(Instant at, String secret) {
        return Webhooks.signature(BODY, at.getEpochSecond(), secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_old", "whsec_new"})
    void anySecretSigns(String secret) {
        assertThat(holds(BODY, signed(NOW, secret))).isTrue();
    }

    @Test
    void stripesOwnSignatureHolds() throws Exception {
        assertThat(holds(BODY, Webhook.Signature.generateSignatureHeader(BODY, "whsec_new", NOW.getEpochSecond())))
                .isTrue();
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        assertThat(holds(
                        BODY,
                        signed(NOW, "whsec_other") + signed(NOW, "whsec_new").replaceAll("^t=\\d+", "")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 1, 300})
    void timesMayDifferALittle(long seconds) {
        assertThat(holds(BODY, signed(NOW.plusSeconds(seconds), "whsec_new"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400})
    void timesMayNotDifferMuch(long seconds) {
        assertThat(holds(BODY, signed(NOW.plusSeconds(seconds), "whsec_new"))).isFalse();
    }

    @Test
    void anotherBodyOrSecretDoesNotHold() {
        assertThat(holds(BODY + " ", signed(NOW, "whsec_new"))).isFalse();
        assertThat(holds(BODY, signed(NOW, "whsec_other"))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "v1=", "t=", "t=1780000000", "t=x,v1=00", "t=99999999999999999999,v1=00", "=,=,="})
    void whatIsNoSignatureDoesNotHold(String header) {
        assertThat(holds(BODY, header)).isFalse();
    }
}
