package cloud.gyroscops.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailOverTest {
    private final StubRegistry first = new StubRegistry();
    private final StubRegistry second =
            new StubRegistry().answering("GET /schemas/ids/1", 200, "{\"schema\":\"\\\"int\\\"\"}");

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource({
        "500, {}",
        "503, ''",
        "429, {}",
        "302, ''",
        "404, <html>no such page</html>",
        "404, '{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}'",
        "404, '{\"detail\":\"no such page\"}'",
        "200, <html>welcome</html>",
        "200, ''",
        "200, 7"
    })
    void whatIsNoRegistryIsPassedOver(int status, String body) {
        first.answeringAll(status, body);

        assertThat(registry(first.uri(), second.uri()).byId(1)).isEqualTo(Schema.create(Schema.Type.INT));
    }

    @Test
    void aRefusedConnectionIsPassedOver() {
        URI gone = first.uri();
        first.close();

        assertThat(registry(gone, second.uri()).byId(1)).isEqualTo(Schema.create(Schema.Type.INT));
    }

    @Test
    void theUrlThatWorkedIsTriedFirstFromThenOn() {
        second.answering("GET /subjects/t-value/versions", 200, "[]");
        first.answeringAll(500, "{}");
        ConfluentSchemaRegistry registry = registry(first.uri(), second.uri());
        registry.byId(1);

        registry.versions("t-value");

        assertThat(first.asked()).hasSize(1);
    }

    @Test
    void anOutageNamesEveryUrlThatWasTried() {
        first.answeringAll(500, "{}");
        URI gone = second.uri();
        second.close();

        assertThatThrownBy(() -> registry(first.uri(), gone).byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(first.uri() + ": answered 500", gone.toString())
                .hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void aRegistryThatDoesNotAnswerInTimeIsUnavailable() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        first.after(() -> await(end));
        ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry(
                new RegistrySettings(List.of(first.uri()), null, null, Duration.ofMillis(100)));

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("timed out");
        end.countDown();
    }

    @Test
    void credentialsAreSent() {
        registry("ann", "secret", second.uri()).byId(1);

        assertThat(second.asked().get(0).authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes()));
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void wrongCredentialsAreNamedWithoutThePassword(int status) {
        first.answeringAll(status, "");

        assertThatThrownBy(() -> registry("ann", "secret", first.uri()).byId(1))
                .isInstanceOf(RegistryAccessDeniedException.class)
                .hasMessageContainingAll(first.uri().toString(), "ann", Integer.toString(status))
                .hasMessageNotContaining("secret");
    }

    @Test
    void missingCredentialsAreNamed() {
        first.answeringAll(401, "");

        assertThatThrownBy(() -> registry(first.uri()).byId(1)).hasMessageContaining("without credentials");
    }

    private static ConfluentSchemaRegistry registry(URI... urls) {
        return registry(null, null, urls);
    }

    private static ConfluentSchemaRegistry registry(String user, String password, URI... urls) {
        return new ConfluentSchemaRegistry(new RegistrySettings(List.of(urls), user, password, Duration.ofSeconds(10)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
