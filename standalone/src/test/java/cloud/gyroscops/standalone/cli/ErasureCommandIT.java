package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on a system whose topics are compacted later than any test could wait. */
class ErasureCommandIT {

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3));
        var ready =
                HttpRequest.newBuilder(system.http().resolve("/health/ready")).build();
        await().atMost(Duration.ofSeconds(120))
                .until(() -> HttpClient.newHttpClient()
                                .send(ready, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        command("CreateOrganization", "acme", "{\"name\": \"Acme\"}");
        create("u-stays");
        create("u-erased");
        command("EraseUser", "u-erased", "{}");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void ofAUserThatIsNotErasedAllIsLeft() throws Exception {
        var run = report("u-stays", "--json");

        assertThat(run.status()).isEqualTo(CommandLineInterface.FOUND);
        var json = new JsonMapper().readTree(run.out());
        assertThat(json.path("erased").booleanValue()).isFalse();
        assertThat(topic(json, "users.events").path("personal").longValue()).isEqualTo(1);
        assertThat(topic(json, "command.results").path("about").longValue()).isEqualTo(1);
        assertThat(topic(json, "payments.events").path("about").longValue()).isZero();
    }

    @Test
    void beforeCompactionAllThatIsLeftOfAnErasedUserWaitsForIt() {
        var run = await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> report("u-erased"), report -> report.out().contains("records wait for compaction"));

        assertThat(run.status()).isEqualTo(CommandLineInterface.FOUND);
        assertThat(run.out()).startsWith("TOPIC ");
        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line).matches("users\\.events +\\d+ +3 +1 +1 +0"))
                .anySatisfy(line -> assertThat(line).matches("users\\.commands +\\d+ +0 +0 +0 +0"));
    }

    @Test
    void aValueIsFoundWhoeverItIsAbout() throws Exception {
        var run = report("u-erased", "--value", "U-Stays@example.org", "--json");

        var json = new JsonMapper().readTree(run.out());
        assertThat(topic(json, "users.events").path("matching").longValue()).isEqualTo(1);
        assertThat(json.path("left").longValue()).isPositive();
    }

    @Test
    void aUserThatNobodyEverHeardOfIsAnError() {
        var run = report("u-nobody");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("nothing was ever recorded of a user u-nobody");
    }

    @Test
    void topicsUnderAnotherPrefixAreMissed() {
        var run = report("u-erased", "--topic-prefix", "other.");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("there is no topic other.");
    }

    private static JsonNode topic(JsonNode report, String name) {
        for (var topic : report.path("topics")) {
            if (topic.path("topic").textValue().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError("no " + name + " in " + report);
    }

    private static void create(String id) {
        assertThat(command(
                                "CreateUser",
                                id,
                                "{\"username\": \"" + id + "\", \"email\": \"" + id + "@example.org\","
                                        + " \"firstName\": \"Ann\", \"lastName\": \"Lee\", \"organizationId\": \"acme\"}")
                        .status())
                .isZero();
    }

    private static Run command(String type, String id, String payload) {
        // On a busy machine, results may take longer than people wait.
        return Run.of(
                "command",
                type,
                id,
                payload,
                "--wait=60",
                "--url",
                system.http().toString());
    }

    private static Run report(String user, String... options) {
        var args = new ArrayList<>(List.of(
                "erasure",
                "report",
                user,
                "--bootstrap-servers",
                system.bootstrapServers(),
                "--schema-registry",
                system.registryUrl()));
        args.addAll(List.of(options));
        return Run.of(args.toArray(String[]::new));
    }
}
