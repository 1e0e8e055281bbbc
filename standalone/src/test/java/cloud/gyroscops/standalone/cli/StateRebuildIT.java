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
    void whileItRunsARebuildIsRefusedAndWithoutItsStateDirectoryItGoesOnAsBefore() throws IOException {
        try (var premises = new Premises(directory, PARTITIONS).start()) {
            aRebuildIsRefused(premises);
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
            premises.whileStopped(installation -> {
                deleteChangelogs(installation);
                appendCommands(installation);
            });

            assertThatThrownBy(premises::start).hasMessageContaining("gyroscops state rebuild");
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
    void whatWasTakenInAndNotHandledIsHandledAfterwardsInOrderAlsoWhatWasSentAgain() {
        try (var premises = new Premises(directory, PARTITIONS)) {
            var ids = inPartition(1);
            var others = inPartition(2);
            premises.whileStopped(installation -> {
                installation.prepare();
                try (var log = new HandMade(installation)) {
                    log.send(ids.get(0), "first", new CreateOrganization("First"));
                    log.send(ids.get(0), "second", new RenameOrganization("Second"));
                    log.handle(ids.get(1), "handled", "Other");
                    log.send(ids.get(0), "third", new RenameOrganization("Third"));

                    log.handle(others.get(0), "made", "Made");
                    log.send(others.get(0), "renamed", new RenameOrganization("Renamed"));
                    // Sent again behind a command that waits, it waits with it.
                    log.send(others.get(0), "made", new CreateOrganization("Made"));
                    log.handle(others.get(1), "behind", "Behind");
                }
            });

            rebuild(premises, "3 events made 3 aggregates and 3 claims", "4 commands wait");
            premises.start();

            awaitVersion(premises, "third", 3);
            awaitVersion(premises, "first", 1);
            awaitVersion(premises, "second", 2);
            awaitVersion(premises, "renamed", 2);
            assertThat(premises.command("CreateOrganization", "another", "taken", "{\"name\":\"other\"}")
                            .path("reason")
                            .asText())
                    .isEqualTo("NAME_TAKEN");
            assertThat(premises.command("RenameOrganization", others.get(0), "again", "{\"name\":\"Renamed again\"}")
                            .path("version")
                            .asLong())
                    .isEqualTo(3);
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

    private void aRebuildIsRefused(Premises premises) {
        var rebuild = premises.run(
                "state", "rebuild", "--state-dir", directory.resolve("other").toString());

        assertThat(rebuild.status()).isEqualTo(1);
        assertThat(rebuild.err()).contains("group gyroscops-commands has gyroscops-commands-", "at /127.0.0.1");
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
        await().untilAsserted(() -> assertThat(
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

    private static void appendCommands(Installation installation) {
        try (var log = new HandMade(installation)) {
            log.send(Aggregate.USERS, "ada", "late-login", new RecordUserLogin(null));
            log.send(Aggregate.USERS, "ada", "late-update", new UpdateUser(null, null, "Augusta", null));
            int wrong = (partition("acme") + 1) % PARTITIONS;
            log.send(Aggregate.ORGANIZATIONS, wrong, "acme", "late-rename", new RenameOrganization("Emca"));
        }
    }

    /** Two ids. */
    private static List<String> inPartition(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "o-" + number)
                .filter(id -> partition(id) == partition)
                .limit(2)
                .toList();
    }

    private static int partition(String id) {
        return EventPartitioner.partition(id, PARTITIONS);
    }

    /** Writes to the log of an installation what others would have. */
    private static final class HandMade implements AutoCloseable {

        private final Installation installation;
        private final KafkaProducer<byte[], byte[]> producer;

        HandMade(Installation installation) {
            this.installation = installation;
            producer = new KafkaProducer<>(
                    installation.kafka().with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
        }

        /** A command for an organization. */
        RecordMetadata send(String id, String commandId, SpecificRecord payload) {
            return send(Aggregate.ORGANIZATIONS, id, commandId, payload);
        }

        RecordMetadata send(Aggregate aggregate, String id, String commandId, SpecificRecord payload) {
            return send(aggregate, partition(id), id, commandId, payload);
        }

        RecordMetadata send(Aggregate aggregate, int partition, String id, String commandId, SpecificRecord payload) {
            var header = new CommandHeader(commandId, id, null, "test", Origin.CLIENT, null, Map.of());
            var value = installation.wire().command(aggregate, new CommandMessage(header, payload));
            return write(new ProducerRecord<>(installation.topics().commands(aggregate), partition, bytes(id), value));
        }

        /** The creation of an organization, and what the topology would have made of it, with nothing stored. */
        void handle(String id, String commandId, String name) {
            var sent = send(id, commandId, new CreateOrganization(name));
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
            write(new ProducerRecord<>(
                    topics.events(Aggregate.ORGANIZATIONS),
                    sent.partition(),
                    bytes(id + "@1"),
                    installation
                            .wire()
                            .event(Aggregate.ORGANIZATIONS, new EventMessage(header, new OrganizationCreated(name)))));
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
            write(result);
        }

        private RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
            try {
                return producer.send(record).get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            producer.close();
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
