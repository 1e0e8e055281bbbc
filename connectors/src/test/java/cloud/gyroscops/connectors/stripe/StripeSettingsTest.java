package cloud.gyroscops.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSettingsTest {

    private static final Map<String, String> GIVEN = Map.of("STRIPE_API_KEY", "sk_test_abc");

    private static StripeSettings with(String name, String value) {
        var variables = new HashMap<>(GIVEN);
        variables.put(name, value);
        return StripeSettings.from(new Environment(variables)).orElseThrow();
    }

    @Test
    void aKeyIsEnough() {
        var settings = StripeSettings.from(new Environment(GIVEN)).orElseThrow();

        assertThat(settings.apiBase()).isEqualTo(URI.create("https://api.stripe.com"));
        assertThat(settings.tolerance()).isEqualTo(Duration.ofSeconds(300));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.leftToStripe()).isEmpty();
    }

    @Test
    void withoutAKeyThereIsNoStripe() {
        assertThat(StripeSettings.from(new Environment(Map.of()))).isEmpty();
    }

    @Test
    void severalSecretsMaySign() {
        assertThat(with("STRIPE_WEBHOOK_SECRETS", "whsec_a, whsec_b").webhookSecrets())
                .containsExactly("whsec_a", "whsec_b");
    }

    @Test
    void fieldsMayBeLeftToStripe() {
        assertThat(with("STRIPE_FIELD_OWNERS", "description=STRIPE,metadata=LOG")
                        .leftToStripe())
                .containsExactly(StripeField.DESCRIPTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_abc", "rk_live_abc"})
    void aLiveKeyIsRefusedUnlessAllowed(String key) {
        assertThatThrownBy(() -> with("STRIPE_API_KEY", key))
                .hasMessageContaining("STRIPE_ALLOW_LIVE=true")
                .hasMessageNotContaining(key);
        var allowed = new Environment(Map.of("STRIPE_API_KEY", key, "STRIPE_ALLOW_LIVE", "true"));
        assertThat(StripeSettings.from(allowed)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "STRIPE_API_KEY, pk_test_abc",
        "STRIPE_API_BASE, ftp://stripe",
        "STRIPE_API_BASE, https://user:secret@stripe",
        "STRIPE_FIELD_OWNERS, status=LOG",
        "STRIPE_FIELD_OWNERS, description",
        "STRIPE_TIMEOUT, 30",
        "STRIPE_INSTALLATION, a b",
        "STRIPE_ALLOW_LIVE, yes"
    })
    void whatIsWrongIsNamed(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret@");
    }

    @Test
    void itShowsNoSecret() {
        assertThat(with("STRIPE_WEBHOOK_SECRETS", "whsec_a").toString()).doesNotContain("whsec_a", "sk_test");
    }
}
