package cloud.gyroscops.query.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges that break the contract are found. */
class ContractTest {

    private static final String ORGANIZATION =
            "{\"id\":\"o-1\",\"createdAt\":\"2026-01-01T12:00:00Z\",\"createdBy\":\"eve\","
                    + "\"updatedAt\":\"2026-01-01T12:01:00Z\",\"updatedBy\":\"eve\",\"version\":2,"
                    + "\"token\":\"organizations/o-1@2\",\"status\":\"ACTIVE\",\"name\":\"Acme\"}";

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "X-Request-Id", "r-1", "ETag", "\"abc\"");

    private static void check(String uri, int status, Map<String, String> headers, String body) {
        var listed = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> listed.put(name, List.of(value)));
        Contract.INSTANCE.check(new Exchange("GET", URI.create(uri), Map.of(), null, status, listed, body));
    }

    @Test
    void anAnswerAsPromisedIsRight() {
        assertThatCode(() -> check("/organizations/o-1?token=users/u-1@7&version=2", 200, HEADERS, ORGANIZATION))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":\"Acme\" | \"name\":\"Acme\",\"more\":1",
                "\"name\":\"Acme\" | \"name\":null",
                ",\"name\":\"Acme\" | ''",
                "\"version\":2 | \"version\":\"2\"",
                "\"version\":2 | \"version\":0",
                "ACTIVE | SLEEPING",
                "2026-01-01T12:00:00Z | yesterday",
                "2026-01-01T12:00:00Z | 2026-01-01T14:00:00+02:00",
                "organizations/o-1@2 | o-1@2"
            })
    void aBodyThatIsNotAsPromisedIsFound(String part, String instead) {
        var body = ORGANIZATION.replace(part, instead);

        assertThatThrownBy(() -> check("/organizations/o-1", 200, HEADERS, body))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organizations/o-1?nonsense=1",
                "/organizations/o-1?version=0",
                "/organizations/o-1?version=two",
                "/organizations/o-1?at=yesterday",
                "/organizations/o-1?token=o-1@2"
            })
    void aRequestThatShouldHaveBeenRefusedIsFound(String uri) {
        assertThatThrownBy(() -> check(uri, 200, HEADERS, ORGANIZATION))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("should be refused");
    }

    @Test
    void aStatusThatIsNotPromisedIsFound() {
        assertThatThrownBy(() -> check("/organizations/o-1", 201, HEADERS, ORGANIZATION))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("status");
        assertThatThrownBy(() -> check("/nowhere", 200, HEADERS, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no such operation");
    }

    @Test
    void aHeaderThatIsMissingOrMalformedIsFound() {
        assertThatThrownBy(() -> check(
                        "/organizations/o-1",
                        200,
                        Map.of("Content-Type", "application/json", "X-Request-Id", "r-1"),
                        ORGANIZATION))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ETag");
        assertThatThrownBy(() -> check(
                        "/organizations/o-1",
                        200,
                        Map.of("Content-Type", "application/json", "X-Request-Id", "r-1", "ETag", "W/\"abc\""),
                        ORGANIZATION))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ETag");
    }

    @Test
    void anotherTypeOfBodyIsFound() {
        assertThatThrownBy(() -> check(
                        "/organizations/o-1",
                        200,
                        Map.of("Content-Type", "text/plain", "X-Request-Id", "r-1", "ETag", "\"abc\""),
                        "Acme"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("text/plain");
    }
}
