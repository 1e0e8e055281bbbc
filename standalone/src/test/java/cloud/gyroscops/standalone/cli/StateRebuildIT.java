package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.rebuild.StateRebuild;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores of the command topology are lost, and made again. */
final class StateRebuildIT {

    private static final int PARTITIONS = 3;
    private static final String ADA = "{\"username\":\"ada\",\"email\":\"ada@acme.test\",\"firstName\":\"Ada\","
            + "\"lastName\":\"Lovelace\",\"organizationId\":\"acme\"}";

    @TempDir
    private Path directory;

    @Test
    void withoutItsStateDirectoryItGoesOnAsBefore() throws IOException {
        try (var premises = new Premises(directory, PARTITIONS).start()) {
            live(premises);
            premises.stop();
            delete(directory.resolve("state"));

            premises.start();

            disablesAda(premises, 3);
            premises.isSound();
        }
    }

    @Test
    void withoutItsChangelogsItDoesNotStartAndARebuildBringsEverythingBack() {
        try (var premises = new Premises(directory, PARTITIONS).start()) {
            var first = live(premises);
            premises.load("--organizations=3", "--users=20", "--payments=100");
            var town = premises.loaded();
            var views = premises.views(town);
            premises.stop();
            premises.whileStopped(StateRebuildIT::deleteChangelogs);

            assertThatThrownBy(premises::start).hasMessageContaining("gyroscops state rebuild");
            premises.whileStopped(this::appendCommands);
            rebuild(premises, "0 commands wait to be handled");
            premises.start();

            awaitVersion(premises, "late-login", 3);
            awaitVersion(premises, "late-rename", 2);
            assertThat(premises.command("CreateUser", "ada", "create-ada", ADA)).isEqualTo(first);
            assertThat(premises.command("CreateUser", "eve", "create-eve", ADA.replace("\"ada\"", "\"eve\""))
                            .path("reason")
                            .asText())
                    .isEqualTo("EMAIL_TAKEN");
            assertThat(premises.command("RenameOrganization", "acme", "refused", "{\"name\":\"Other\"}")
                            .path("reason")
                            .asText())
                    .isEqualTo("COMMAND_ID_REUSED");
            disablesAda(premises, 5);
            assertThat(premises.views(town)).isEqualTo(views);
            premises.isSound();
        }
    }

    @Test
    void whatWasTakenInAndNotHandledIsHandledAfterwardsInOrder() {
        try (var premises = new Premises(directory, PARTITIONS)) {
            var ids = inOnePartition();
            premises.whileStopped(installation -> {
                installation.prepare();
                send(installation, Aggregate.ORGANIZATIONS, ids.get(0), "first", new CreateOrganization("First"));
                send(installation, Aggregate.ORGANIZATIONS, ids.get(0), "second", new RenameOrganization("Second"));
                handle(installation, ids.get(1), "handled", "Other");
                send(installation, Aggregate.ORGANIZATIONS, ids.get(0), "third", new RenameOrganization("Third"));
            });

            rebuild(premises, "1 events made 1 aggregates and 1 claims", "2 commands wait");
            premises.start();

            awaitVersion(premises, "third", 3);
            awaitVersion(premises, "first", 1);
            awaitVersion(premises, "second", 2);
            assertThat(premises.command("CreateOrganization", "another", "taken", "{\"name\":\"other\"}")
                            .path("reason")
                            .asText())
                    .isEqualTo("NAME_TAKEN");
            premises.isSound();
        }
    }

    @Test
    void whatWasSentAgainBehindAWaitingCommandWaitsWithIt() {
        try (var premises = new Premises(directory, PARTITIONS)) {
            var ids = inOnePartition();
            premises.whileStopped(installation -> {
                installation.prepare();
                handle(installation, ids.get(0), "first", "First");
                send(installation, Aggregate.ORGANIZATIONS, ids.get(0), "second", new RenameOrganization("Second"));
                send(installation, Aggregate.ORGANIZATIONS, ids.get(0), "first", new CreateOrganization("First"));
                handle(installation, ids.get(1), "handled", "Other");
            });

            rebuild(premises, "2 events made 2 aggregates and 2 claims", "2 commands wait");
            premises.start();

            awaitVersion(premises, "second", 2);
            premises.command("RenameOrganization", ids.get(0), "third", "{\"name\":\"Third\"}");
            premises.isSound();
        }
    }

    @Test
    void oneThatWasKilledIsRunAgainAndNothingStartsBefore() {
        try (var premises = new Premises(directory, PARTITIONS).start()) {
            live(premises);
            premises.stop();
            premises.whileStopped(installation -> assertThatThrownBy(() -> new StateRebuild(
                                    installation,
                                    streams(installation),
                                    CommandSettings.DEFAULT,
                                    (step, done, all) -> killIf(step.startsWith("writing") && done == all / 2))
                            .run())
                    .hasMessage("killed"));

            assertThatThrownBy(premises::start).hasMessageContaining("a rebuild was not finished");
            rebuild(premises, "0 commands wait to be handled");
            premises.start();

            disablesAda(premises, 3);
            premises.isSound();
        }
    }

    @Test
    void whileTheTopologyRunsItIsRefused() {
        try (var premises = new Premises(directory, PARTITIONS).start()) {
            var rebuild = premises.run(
                    "state",
                    "rebuild",
                    "--state-dir",
                    directory.resolve("other").toString());

            assertThat(rebuild.status()).isEqualTo(1);
            assertThat(rebuild.err()).contains("group gyroscops-commands has gyroscops-commands-", "at /127.0.0.1");
            premises.isSound();
        }
    }

    private static void disablesAda(Premises premises, long version) {
        assertThat(premises.command("DisableUser", "ada", "disable", "{}")
                        .path("version")
                        .asLong())
                .isEqualTo(version);
    }

    private static void rebuild(Premises premises, String... told) {
        var rebuild = Run.of("state", "rebuild", "--data-dir", premises.data());
        assertThat(rebuild.status()).as(rebuild.err()).isZero();
        assertThat(rebuild.out()).contains(told);
    }

    private static void awaitVersion(Premises premises, String commandId, long version) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        premises.view("/commands/" + commandId).path("version").asLong())
                .isEqualTo(version));
    }

    /** Returns the answer to the creation of Ada. */
    private static JsonNode live(Premises premises) {
        premises.command("CreateOrganization", "acme", "create-acme", "{\"name\":\"Acme\"}");
        premises.command("CreateOrganization", "acme", "refused", "{\"name\":\"Acme\"}");
        var created = premises.command("CreateUser", "ada", "create-ada", ADA);
        premises.command("UpdateUser", "ada", "refused-too", "{\"email\":\"nonsense\"}");
        premises.command("VerifyUserEmail", "ada", "verify-ada", "{}");
        assertThat(created.path("status").asText()).isEqualTo("ACCEPTED");
        return created;
    }

    /** Of what stays as it is. */
    private static void deleteChangelogs(Installation installation) {
        try (var admin = Admin.create(installation.kafka().with(Map.of()))) {
            var changelogs = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(CommandApplication.NAME) && name.endsWith("-changelog"))
                    .toList();
            assertThat(changelogs).hasSizeGreaterThan(5);
            admin.deleteTopics(changelogs).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void appendCommands(Installation installation) {
        send(installation, Aggregate.USERS, "ada", "late-login", new RecordUserLogin(null));
        send(installation, Aggregate.USERS, "ada", "late-update", new UpdateUser(null, null, "Augusta", null));
        int wrong = (EventPartitioner.partition("acme", PARTITIONS) + 1) % PARTITIONS;
        send(installation, Aggregate.ORGANIZATIONS, wrong, "acme", "late-rename", new RenameOrganization("Emca"));
    }

    private static List<String> inOnePartition() {
        return IntStream.range(0, 100)
                .mapToObj(number -> "o-" + number)
                .filter(id -> EventPartitioner.partition(id, PARTITIONS) == 1)
                .limit(2)
                .toList();
    }

    private static RecordMetadata send(
            Installation installation, Aggregate aggregate, String id, String commandId, SpecificRecord payload) {
        return send(installation, aggregate, EventPartitioner.partition(id, PARTITIONS), id, commandId, payload);
    }

    private static RecordMetadata send(
            Installation installation,
            Aggregate aggregate,
            int partition,
            String id,
            String commandId,
            SpecificRecord payload) {
        var header = new CommandHeader(commandId, id, null, "test", Origin.CLIENT, null, Map.of());
        var value = installation.wire().command(aggregate, new CommandMessage(header, payload));
        return write(
                installation,
                new ProducerRecord<>(installation.topics().commands(aggregate), partition, bytes(id), value));
    }

    /** A command, and what the topology would have made of it, with nothing stored. */
    private static void handle(Installation installation, String id, String commandId, String name) {
        var sent = send(installation, Aggregate.ORGANIZATIONS, id, commandId, new CreateOrganization(name));
        var topics = installation.topics();
        var now = Instant.ofEpochMilli(sent.timestamp());
        var header = new EventHeader(
                "organizations/" + id + "@1",
                Aggregate.ORGANIZATIONS.type(),
                id,
                1L,
                id,
                now,
                "test",
                Origin.CLIENT,
                commandId,
                commandId,
                Map.of());
        write(
                installation,
                new ProducerRecord<>(
                        topics.events(Aggregate.ORGANIZATIONS),
                        sent.partition(),
                        bytes(id + "@1"),
                        installation
                                .wire()
                                .event(
                                        Aggregate.ORGANIZATIONS,
                                        new EventMessage(header, new OrganizationCreated(name)))));
        var result = new ProducerRecord<>(
                topics.results(),
                bytes(commandId),
                installation
                        .wire()
                        .result(new CommandResult(
                                commandId,
                                Aggregate.ORGANIZATIONS.type(),
                                id,
                                ResultStatus.ACCEPTED,
                                1L,
                                List.of(id + "@1"),
                                null,
                                now,
                                commandId)));
        result.headers()
                .add("command-topic", bytes(topics.commands(Aggregate.ORGANIZATIONS)))
                .add("command-partition", bytes(Integer.toString(sent.partition())))
                .add("command-offset", bytes(Long.toString(sent.offset())));
        write(installation, result);
    }

    private static RecordMetadata write(Installation installation, ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<>(
                installation.kafka().with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private StreamsSettings streams(Installation installation) {
        return new StreamsSettings(
                installation.kafka(), CommandApplication.NAME, directory.resolve("state"), 1, 20, 1, 0, 6_000, "");
    }

    private static void killIf(boolean now) {
        if (now) {
            throw new IllegalStateException("killed");
        }
    }

    private static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
