package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIT {

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 1));
        user = new HttpUser(system::http);
        user.awaitReady();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void healthTellsWhatItJudgesBy() {
        assertThat(user.get("/health/live").json())
                .hasToString("{\"status\":\"UP\",\"checks\":{\"commands\":true,\"results\":true,\"views\":true}}");
        // Where the machine stalls, who was ready is not for a moment.
        await().untilAsserted(() -> {
            var ready = user.get("/health/ready").json();
            assertThat(ready.path("status").textValue()).isEqualTo("UP");
            assertThat(ready.path("checks"))
                    .hasToString("{\"commands\":true,\"commands-handled\":true,\"views\":true}");
        });
    }

    @Test
    void readinessTellsHowFarEachPartitionOfTheViewsIs() {
        await().untilAsserted(() -> assertThat(user.get("/health/ready").json().path("views"))
                .isNotEmpty()
                .allSatisfy(partition ->
                        assertThat(partition.path("role").textValue()).isEqualTo("WORKING")));
    }

    @Test
    void metricsCountTheCommands() {
        user.command(createOrganization("counted", "c-counted", "Counted"));

        var answer = user.get("/metrics");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.text()).contains("gyroscops_commands");
    }

    @Test
    void aPathThatIsNotServedIsAProblem() {
        var answer = user.get("/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").textValue()).isEqualTo("GET /nowhere is not served here");
    }

    @Test
    void aMethodThatIsNotServedIsAProblem() {
        var answer = user.send(user.request("/commands").DELETE());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.json().path("title").textValue()).isEqualTo("Method Not Allowed");
    }

    @Test
    void aBodyThatIsTooLargeIsAProblem() {
        var answer = user.send(user.request("/commands")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(createOrganization("large", "c-large", "x".repeat(2 << 20)))));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").textValue()).contains("1 MiB");
    }
}
