package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static cloud.gyroscops.standalone.http.Commands.createUser;
import static cloud.gyroscops.standalone.http.Commands.deleteUser;
import static cloud.gyroscops.standalone.http.Commands.eraseUser;
import static cloud.gyroscops.standalone.http.Commands.renameOrganization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesOverHttpIT {

    private static final int VERSIONS = 12;

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3));
        user = new HttpUser(system::http);
        user.awaitReady();
        user.command(createOrganization("acme", "c-acme-1", "Acme"));
        for (int version = 2; version <= VERSIONS; version++) {
            user.command(renameOrganization("acme", "c-acme-" + version, "Acme " + version)
                    .replace("\"payload\"", "\"actor\": \"ann\", \"metadata\": {\"k\": \"v\"}, \"payload\""));
        }
        awaitVersion("/organizations/acme", VERSIONS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void detailsTellTheLatestState() {
        var answer = user.get("/organizations/acme");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        var json = answer.json();
        assertThat(json.path("id").textValue()).isEqualTo("acme");
        assertThat(json.path("name").textValue()).isEqualTo("Acme 12");
        assertThat(json.path("status").textValue()).isEqualTo("ACTIVE");
        assertThat(json.path("createdBy").textValue()).isEqualTo("anonymous");
        assertThat(json.path("updatedBy").textValue()).isEqualTo("ann");
        assertThat(json.path("token").textValue()).isEqualTo("organizations/acme@12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/organizations/none", "/users/acme", "/payments/acme", "/users/none/history"})
    void whatIsNotThereIsNotFound(String path) {
        var answer = user.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aDeletedUserIsGoneButItsHistoryIsNot() {
        user.command(createUser("gone", "acme"));
        user.command(deleteUser("gone"));

        await().untilAsserted(() -> assertThat(user.get("/users/gone").status()).isEqualTo(410));
        assertThat(user.get("/users/gone").header("Content-Type")).startsWith("application/problem+json");
        assertThat(user.get("/users/gone").json().path("deletedAt").textValue()).isNotBlank();
        assertThat(user.get("/users/gone/history").json().path("events")).hasSize(2);
    }

    @Test
    void anErasedUserIsGoneAndAllThatIsKnownIsThat() {
        user.command(createUser("erased", "acme"));
        user.command(deleteUser("erased"));
        user.command(eraseUser("erased"));

        var answer = await().until(
                        () -> user.get("/users/erased"), found -> found.text().contains("was erased at"));
        assertThat(answer.status()).isEqualTo(410);
        // Users are seen to be erased before anything of them is missing.
        await().untilAsserted(() -> {
            var events = user.get("/users/erased/history").json().path("events");
            assertThat(versions(events)).isEqualTo(List.of(3L));
            assertThat(events.get(0).path("type").textValue()).isEqualTo("UserErased");
        });
    }

    @Test
    void aPaymentCanBeReadToo() {
        user.command(
                "{\"type\": \"CreatePayment\", \"aggregateId\": \"p-1\", \"payload\": {\"organizationId\": \"acme\","
                        + " \"amount\": 1234, \"currency\": \"EUR\", \"processor\": \"NONE\"}}");

        var json = await().until(() -> user.get("/payments/p-1"), answer -> answer.status() == 200)
                .json();
        assertThat(json.path("amount").longValue()).isEqualTo(1234);
        assertThat(json.path("status").textValue()).isEqualTo("PENDING");
    }

    @Test
    void theHistoryTellsEveryEventInOrder() {
        var events = user.get("/organizations/acme/history").json().path("events");

        assertThat(versions(events)).isEqualTo(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L));
        var event = events.get(9);
        assertThat(event.path("key").textValue()).isEqualTo("acme@10");
        assertThat(event.path("type").textValue()).isEqualTo("OrganizationRenamed");
        assertThat(event.path("payload")).hasToString("{\"name\":\"Acme 10\"}");
        assertThat(event.path("causationId").textValue()).isEqualTo("c-acme-10");
        assertThat(event.path("origin").textValue()).isEqualTo("CLIENT");
        assertThat(event.path("metadata")).hasToString("{\"k\":\"v\"}");
    }

    @Test
    void theHistoryIsReadPageByPage() {
        var pages = new ArrayList<List<Long>>();
        var next = "/organizations/acme/history?from=3&limit=4";
        while (next != null) {
            var page = user.get(next).json();
            pages.add(versions(page.path("events")));
            next = page.path("next").textValue();
        }

        assertThat(pages).containsExactly(List.of(3L, 4L, 5L, 6L), List.of(7L, 8L, 9L, 10L), List.of(11L, 12L));
    }

    @Test
    void theLastPageNamesNoNextOneEvenIfItIsFull() {
        var page = user.get("/organizations/acme/history?from=9&limit=4").json();

        assertThat(versions(page.path("events"))).isEqualTo(List.of(9L, 10L, 11L, 12L));
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void fromAVersionThatIsYetToComeThereIsNothing() {
        assertThat(user.get("/organizations/acme/history?from=13").json().path("events"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"from, 0", "from, first", "from, ''", "limit, 0", "limit, 1001", "limit, 1.5"})
    void aPageThatCannotBeIsNamed(String parameter, String value) {
        var answer = user.get("/organizations/acme/history?" + parameter + "=" + value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").textValue()).isEqualTo(parameter);
        assertThat(answer.json().path("detail").textValue()).contains("\"" + value + "\"");
    }

    private static List<Long> versions(JsonNode events) {
        return StreamSupport.stream(events.spliterator(), false)
                .map(event -> event.path("version").longValue())
                .toList();
    }

    private static void awaitVersion(String path, long version) {
        await().until(() -> user.get(path).json().path("version").longValue() == version);
    }
}
