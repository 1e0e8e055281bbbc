package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static cloud.gyroscops.standalone.http.Commands.createUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.cli.CommandLineInterface;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.standalone.views.Rebuild;
import cloud.gyroscops.standalone.views.Status;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.view.ViewTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of the views that follow each other. One system for all cases, in order, since a start takes seconds: each case
 * begins with the version that the one before has left live.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ViewsRebuildIT {

    private static final List<String> ALL = List.of(
            "/organizations/acme",
            "/organizations/acme/history",
            "/organizations/acme/users",
            "/organizations/acme/users/analytics",
            "/organizations/acme/payments",
            "/organizations/acme/payments/suggestions?q=run",
            "/organizations/acme/payments/statistics",
            "/organizations/acme/payments/dashboard",
            "/users/u-1",
            "/users/u-3/history",
            "/users/u-3/audit",
            "/payments/p-1",
            "/payments/p-1/report",
            "/overall/users/analytics",
            "/overall/users/analytics/by-organization",
            "/overall/payments",
            "/overall/payments/statistics",
            "/overall/payments/dashboard",
            "/events?order=asc");

    /** Three on each side: by id, by organization, and of results. */
    private static final int PARTITIONS_OF_VIEWS = 9;

    @TempDir
    private static Path directory;

    private GyroscopsSystem system;
    private HttpUser user;

    @BeforeAll
    void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3));
        user = new HttpUser(() -> system.http());
        user.awaitReady();
        done(createOrganization("acme", "c-acme", "Acme"));
        done(numbered(i -> createUser("u-" + i, "acme")));
        done(numbered(
                i -> "{\"type\": \"CreatePayment\", \"aggregateId\": \"p-" + i + "\", \"payload\": {\"organizationId\":"
                        + " \"acme\", \"userId\": \"u-" + i + "\", \"amount\": " + i + ", \"currency\": \"EUR\","
                        + " \"processor\": \"NONE\", \"description\": \"Running shoes " + i + "\"}}"));
        done("{\"type\": \"CompletePayment\", \"aggregateId\": \"p-1\", \"payload\": {\"amountReceived\": 1}}");
        // Lists are the last to know.
        awaitTotal("/organizations/acme/users", 30);
        awaitTotal("/organizations/acme/payments", 30);
        awaitTotal("/organizations/acme/payments?status=COMPLETED", 1);
    }

    private void awaitTotal(String path, int total) {
        await().until(() -> user.get(path).text().contains("\"total\":" + total + ","));
    }

    private void restart() {
        system.close();
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3));
        user.awaitReady();
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void aVersionThatIsNotThereIsNotAskedFor() {
        int live = live();

        var answer = user.get("/users/u-1", "X-Views-Version", Integer.toString(live + 1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").textValue()).contains("no version " + (live + 1), "[" + live + "]");
    }

    /** Before there is much in the stores: an instance gets a share at once only of what it can soon copy. */
    @Test
    @Order(2)
    void twoInstancesChangeOverWithoutAFailedQuery() {
        int next = live() + 1;
        var settings = new SystemSettings(
                directory.resolve("second"),
                0,
                KafkaSettings.at(system.bootstrapServers()),
                0,
                RegistrySettings.of(URI.create(system.registryUrl())),
                new ApiSettings("127.0.0.1", 0),
                TopicSettings.single(3),
                CommandSettings.DEFAULT,
                1,
                20);
        try (var second = GyroscopsSystem.start(settings)) {
            var other = new HttpUser(second::http);
            other.awaitReady();
            // Should the first assignment make copies only, the next one comes after a minute.
            await().atMost(Duration.ofSeconds(150))
                    .until(() -> working(user) > 0
                            && working(other) > 0
                            && working(user) + working(other) == PARTITIONS_OF_VIEWS);
            try (var queries = new SteadyQueries(List.of(user, other))) {
                queries.awaitMore(200);

                assertThat(rebuild(second)).isZero();

                queries.awaitMore(200);
                assertThat(queries.failures()).isEmpty();
            }
            awaitNoneInClusterBut(next);
        }
        // For the next case: what the other one worked on comes back.
        await().until(() -> working(user) == PARTITIONS_OF_VIEWS);
        user.awaitReady();
    }

    @Test
    @Order(3)
    void noQueryFailsWhileTheNextVersionIsBuiltAndTakesOverAndNothingIsLeftOfTheOneBefore() {
        int before = live();
        int next = before + 1;
        try (var queries = new SteadyQueries(List.of(user))) {
            queries.awaitMore(200);

            assertThat(rebuild(system)).isZero();

            queries.awaitMore(200);
            assertThat(queries.failures()).isEmpty();
        }
        assertThat(answering()).containsExactly(next);
        awaitNoneInClusterBut(next);
        assertThat(roles()).isEqualTo(Map.of(next, "live"));
        await().until(() -> directories().equals(List.of(name(next))));
        assertThat(user.get("/metrics").text())
                .contains("gyroscops_views_lag_records{", "version=\"" + next + "\"")
                .doesNotContain("version=\"" + before + "\"");
    }

    @Test
    @Order(4)
    void whatIsAbandonedLeavesNothingAndTheNextVersionHasAnotherNumberAndAnswersAsTheOneBefore() {
        int live = live();
        int abandoned = live + 1;
        assertThatThrownBy(() -> rebuilding("is built").run()).isInstanceOf(Killed.class);
        // Who works on it has to leave; its directory is there before anybody does.
        await().until(() -> members(abandoned) > 0);

        assertThat(run("abandon", system)).isZero();

        awaitNoneInClusterBut(live);
        assertThat(roles()).isEqualTo(Map.of(live, "live"));
        await().until(() -> directories().equals(List.of(name(live))));
        var before = answers();
        assertThat(rebuild(system)).isZero();
        assertThat(answering()).containsExactly(abandoned + 1);
        assertThat(answers()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void oneThatIsInterruptedIsRunAgainAndGoesOnWhereItWasAndARestartStaysOnWhatIsLive() throws InterruptedException {
        int live = live();
        int next = live + 1;
        var before = answers();
        assertThatThrownBy(() -> rebuilding("is built").run()).isInstanceOf(Killed.class);
        await().until(() -> roles().equals(Map.of(live, "live", next, "building")));
        assertThat(answers("X-Views-Version", Integer.toString(live))).isEqualTo(before);
        restart();
        assertThat(answering()).containsExactly(live);
        assertThat(answers()).isEqualTo(before);

        assertThatThrownBy(() -> rebuilding("takes over").run()).isInstanceOf(Killed.class);
        await().until(() -> answering().equals(new TreeSet<>(List.of(next))));
        assertThat(roles()).containsEntry(live, "leaving").containsEntry(next, "live");
        restart();
        assertThat(directories()).containsExactly(name(next));
        assertThat(answering()).containsExactly(next);
        assertThat(answers()).isEqualTo(before);

        rebuilding("never said").run();

        awaitNoneInClusterBut(next);
        assertThat(roles()).isEqualTo(Map.of(next, "live"));
        assertThat(answers()).isEqualTo(before);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One that is killed once it has said something. */
    private Rebuild rebuilding(String killedAfter) {
        return new Rebuild(installation(), "ada", Optional.empty(), new Rebuild.Telling() {
            @Override
            public void say(String what) {
                if (what.contains(killedAfter)) {
                    throw new Killed();
                }
            }

            @Override
            public void at(long applied, long all) {}
        });
    }

    private static int rebuild(GyroscopsSystem system) {
        return run("rebuild", system, "--url", system.http().toString());
    }

    private static int run(String what, GyroscopsSystem system, String... more) {
        var arguments = new ArrayList<>(List.of(
                "views",
                what,
                "--bootstrap-servers",
                system.bootstrapServers(),
                "--schema-registry",
                system.registryUrl()));
        arguments.addAll(List.of(more));
        return CommandLineInterface.run(arguments.toArray(String[]::new));
    }

    private Installation installation() {
        return Installation.at(
                KafkaSettings.at(system.bootstrapServers()),
                TopicSettings.single(3),
                RegistrySettings.of(URI.create(system.registryUrl())),
                directory.resolve("tool"));
    }

    private Map<String, String> answers(String... headers) {
        var answers = new LinkedHashMap<String, String>();
        ALL.forEach(path -> {
            var answer = user.get(path, headers);
            assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
            answers.put(path, answer.text());
        });
        return answers;
    }

    private TreeSet<Integer> answering() {
        return StreamSupport.stream(
                        user.get("/health/ready").json().path("views").spliterator(), false)
                .filter(row -> row.path("answers").booleanValue())
                .map(row -> row.path("version").intValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long working(HttpUser user) {
        return StreamSupport.stream(
                        user.get("/health/ready").json().path("views").spliterator(), false)
                .filter(row -> row.path("role").textValue().equals("WORKING"))
                .count();
    }

    private Map<Integer, String> roles() {
        return Status.of(installation()).stream().collect(Collectors.toMap(Status::version, Status::role));
    }

    /** The version that answers, by what the cluster says. */
    private int live() {
        return roles().entrySet().stream()
                .filter(role -> role.getValue().equals("live"))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** How many threads of instances work on a version. */
    private int members(int version) {
        return Status.of(installation()).stream()
                .filter(status -> status.version() == version)
                .mapToInt(Status::members)
                .sum();
    }

    private static String name(int version) {
        return ViewTopology.application(ViewTopology.APPLICATION, version);
    }

    /** The broker hears a moment after it was asked that topics are gone. */
    private void awaitNoneInClusterBut(int version) {
        var own = name(version);
        await().untilAsserted(() -> assertThat(inCluster()).isNotEmpty().allMatch(name -> name.startsWith(own)));
    }

    /** Topics and groups of versions of the views. */
    private List<String> inCluster() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", system.bootstrapServers()))) {
            var names = new TreeSet<>(admin.listTopics().names().get());
            admin.listGroups().all().get().forEach(group -> names.add(group.groupId()));
            return names.stream()
                    .filter(name -> name.startsWith("gyroscops-views"))
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> directories() {
        try (var files = Files.list(directory.resolve("state"))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("gyroscops-views"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String numbered(IntFunction<String> command) {
        return IntStream.rangeClosed(1, 30).mapToObj(command).collect(Collectors.joining("\n"));
    }

    /** Publishes commands, one a line. */
    private void done(String commands) {
        var answer = user.lines(commands);
        assertThat(answer.lines()).hasSize((int) commands.lines().count()).allSatisfy(line -> assertThat(
                        line.path("status").textValue())
                .as(line.toString())
                .isEqualTo("ACCEPTED"));
    }
}
