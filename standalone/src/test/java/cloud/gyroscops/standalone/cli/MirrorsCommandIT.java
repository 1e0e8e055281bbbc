package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.http.HttpSettings;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.stripe.simulator.Fault;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.worker.WorkerSettings;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.MirrorSettings;
import cloud.gyroscops.standalone.system.Mirrors;
import cloud.gyroscops.standalone.system.SystemSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators ask of mirrors, on the command line and over HTTP, in a system that is all in one process: one, started
 * once, since a start takes seconds. What leaves most behind comes last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MirrorsCommandIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Half of all calls fail for a while: the usual pauses would be long by then. */
    private static final WorkerSettings SOON_AGAIN =
            new WorkerSettings(8, 8, 1_000, 3, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(500));

    @TempDir
    private static Path directory;

    private GyroscopsSystem system;
    private Mirrors mirrors;
    private StripeSimulator stripe;
    private int others;

    @BeforeAll
    void start() throws Exception {
        var settings = new MirrorSettings(
                new SidecarSettings(SOON_AGAIN, new HttpSettings("127.0.0.1", 0), Optional.empty()),
                Optional.empty(),
                false,
                Optional.empty());
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 2).mirroring(settings));
        mirrors = system.mirrors().orElseThrow();
        stripe = mirrors.simulator().orElseThrow();
        await().atMost(Duration.ofSeconds(120))
                .until(() ->
                        mirrors.ready() && get(system.http(), "/health/ready").statusCode() == 200);
        command("CreateOrganization", "o", "{\"name\":\"Acme\"}");
    }

    @AfterEach
    void allGoesWellAgain() {
        stripe.faults().none();
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void whatIsAskedWronglyIsToldSo() throws Exception {
        pay("counted");
        assertThat(problem("/mirrors/nothing", 404)).contains("there is no mirror nothing", "stripe");
        assertThat(problem("/mirrors/stripe/parked?limit=0", 400)).contains("limit is \\\"0\\\"", "1 to 1000");
        assertThat(problem("/mirrors/stripe/parked?limits=1", 400)).contains("there is no parameter limits");
        assertThat(problem("/mirrors/stripe/runs/nothing", 404)).contains("nobody knows of a run nothing");
        assertThat(problem("/elsewhere", 404)).contains("GET /elsewhere is not served here");
        assertThat(post("/mirrors/stripe/reconcile?dryrun=true").statusCode()).isEqualTo(400);
        assertThat(post("/mirrors/stripe/reconcile?dryRun=perhaps").statusCode())
                .isEqualTo(400);
        assertThat(post("/mirrors").statusCode()).isEqualTo(405);
        assertThat(post("/webhooks/stripe").statusCode()).isEqualTo(400);
        assertThat(get(mirrors.http(), "/health/live").statusCode()).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(get(mirrors.http(), "/health/ready").statusCode()).isEqualTo(200));
        // Payments are counted beside the views.
        await().untilAsserted(() -> assertThat(get(mirrors.http(), "/metrics").body())
                .contains(
                        "api_calls_total{",
                        "mirror_lag_events{",
                        "mirror_parked{",
                        "mirror_circuit_open{",
                        "payments_processed_total{amount_range=\"10-100\",currency=\"EUR\"}"));
        assertThat(Run.of("mirrors").err()).contains("gyroscops mirrors status|parked");
        assertThat(Run.of("mirrors", "status", "--url", "http://127.0.0.1:1").err())
                .contains("answers at http://127.0.0.1:1");
    }

    private String problem(String path, int status) {
        var answer = get(mirrors.http(), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    @Test
    @Order(2)
    void whatDiffersIsFoundPutRightAndWhatIsUnknownIsListed() throws Exception {
        pay("described");
        var intent = await().until(() -> payment("described").path("externalId").textValue(), Objects::nonNull);
        stripe.dashboard().describe(intent, "by hand");
        var foreign = stripe.dashboard().createForeign(999, "eur", Map.of());

        var look = run("reconcile", "stripe", "--dry-run");
        assertThat(look.status()).as(look.out() + look.err()).isEqualTo(CommandLineInterface.FOUND);
        // One, whatever other payments there are.
        assertThat(look.out()).containsPattern("EXTRA +DIFFERING.*\\R( +\\d+){5} +1 ");
        assertThat(run("reconcile", "stripe").status()).isZero();
        assertThat(run("reconcile", "stripe", "--dry-run").status()).isZero();
        assertThat(run("replay", "stripe").status()).isZero();
        assertThat(run("unknown", "stripe").out()).contains(foreign);
        await().untilAsserted(() -> assertThat(
                        json(get(system.http(), "/payments/described/audit")).toString())
                .contains("STRIPE_DRIFT_CORRECTED"));
    }

    @Test
    @Order(3)
    void whatIsParkedIsShownTriedAgainAndDiscarded() throws Exception {
        pay("refunded");
        park("r-1");
        var parked = run("parked", "stripe");
        assertThat(parked.status()).isZero();
        assertThat(parked.out()).contains("payments", "refunded", "RefundRequested");
        await().until(() -> run("status").out().matches("(?s)TARGET.*stripe +\\d+ +[\\d.]+ +\\d+ +1 .*"));
        var shown = json(get(mirrors.http(), "/mirrors/stripe/parked?limit=1")).path("parked");
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).path("attempts").asInt()).isEqualTo(3);
        assertThat(run("retry", "stripe", "nobody").err()).contains("nothing of nobody is parked");

        stripe.faults().none();
        assertThat(run("retry", "stripe", "refunded", "--type", "payments").out())
                .contains("Asked to retry");
        awaitRefunded(100);

        park("r-2");
        assertThat(run("discard", "stripe", "refunded").out()).contains("Asked to discard");
        awaitNothingParked();
        stripe.faults().none();
        park("r-3");
        stripe.faults().none();
        assertThat(run("retry", "stripe", "--code", "no_such_code").out()).contains(" 0 aggregates");
        assertThat(run("retry", "stripe").out()).contains(" 1 aggregates");
        awaitRefunded(200);
        await().untilAsserted(() -> assertThat(json(get(system.http(), "/payments/refunded/mirrors"))
                        .path("outcomes")
                        .toString())
                .contains("LINKED", "RETRIED", "PARKED", "RESUMED", "DISCARDED"));
    }

    private void park(String refundId) throws Exception {
        stripe.faults().next(Fault.SERVER_ERROR, 1_000, "/v1/refunds");
        command("RefundPayment", "refunded", "{\"refundId\":\"" + refundId + "\",\"amount\":100}");
        // That others are served shows that it is the refund's own fault.
        await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    create("other-" + others++);
                    return run("parked", "stripe").out().contains("refunded");
                });
        pay("other-" + others++);
    }

    private void awaitRefunded(long amount) {
        await().until(() -> payment("refunded").path("amountRefunded").asLong() == amount);
        awaitNothingParked();
    }

    private void awaitNothingParked() {
        await().until(() -> json(get(mirrors.http(), "/mirrors/stripe/parked"))
                .path("parked")
                .isEmpty());
    }

    private Run run(String... command) {
        return Run.of(Stream.concat(
                        Stream.concat(Stream.of("mirrors"), Stream.of(command)),
                        Stream.of("--url", mirrors.http().toString()))
                .toArray(String[]::new));
    }

    private void create(String id) throws Exception {
        command("CreatePayment", id, "{\"organizationId\":\"o\",\"amount\":5000,\"currency\":\"EUR\"}");
    }

    /** Waits until it is paid. */
    private void pay(String id) throws Exception {
        create(id);
        await().until(() -> payment(id).path("status").asText().equals("COMPLETED"));
    }

    private JsonNode payment(String id) {
        return json(get(system.http(), "/payments/" + id));
    }

    private void command(String type, String id, String payload) throws Exception {
        var json = "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":" + payload + "}";
        var answer = HTTP.send(
                HttpRequest.newBuilder(system.http().resolve("/commands"))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=30")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(mirrors.http().resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(URI server, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }
}
