package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.transfer.Export;
import cloud.gyroscops.standalone.transfer.Import;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** All events of one system, which were exported once, go into another one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EventTransferIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PARTITIONS = 3;

    @TempDir
    private static Path shared;

    private static Premises from;
    private static int exported;

    @TempDir
    private Path directory;

    private Path files;

    @BeforeAll
    static void loadAndExport() {
        from = new Premises(shared.resolve("from"), PARTITIONS);
        from.start();
        from.load("--organizations=3", "--users=20", "--payments=500");
        var export = export(from, shared.resolve("files"));
        assertThat(export.status()).as(export.err()).isZero();
        exported = events(from).size();
    }

    @AfterAll
    static void stop() {
        from.close();
    }

    /** Whoever breaks files breaks its own. */
    @BeforeEach
    void copyFiles() throws IOException {
        files = Files.createDirectory(directory.resolve("files"));
        try (var whole = Files.list(shared.resolve("files"))) {
            for (var file : whole.toList()) {
                Files.copy(file, files.resolve(file.getFileName()));
            }
        }
    }

    /** First, since only here that system is needed: then it stops. */
    @Test
    @Order(1)
    void anExportThatWasKilledAndGoneOnWithFillsASystemWithOtherPartitions() throws IOException {
        try (var to = new Premises(directory.resolve("to"), PARTITIONS + 1)) {
            kill("users.events-0.avro", 40);
            Files.delete(files.resolve("payments.events-1.avro"));
            from.command("EraseUser", "town1-u-1", "erase", "{}");
            var second = export(from, files);
            assertThat(second.status()).as(second.err()).isZero();
            assertThat(export(from, files).out()).startsWith("0 events written");
            var events = events(from).stream().filter(EventTransferIT::stays).toList();
            var views = from.views(from.loaded());
            long version = from.view("/users/town1-u-2").path("version").asLong();
            var taken = from.view("/organizations/town1-o-1").path("name");
            from.stop();

            var brought = bring(to, PARTITIONS + 1);

            assertThat(brought.status()).as(brought.err()).isZero();
            assertThat(brought.out()).contains(count(events.size()) + " events written, 0 were there before.");
            assertThat(brought.out()).contains("0 commands wait to be handled");
            to.start();
            assertThat(events(to)).containsExactlyInAnyOrderElementsOf(events);
            assertThat(to.views(from.loaded())).isEqualTo(views);
            assertThat(to.command("DisableUser", "town1-u-2", "disable", "{}")
                            .path("version")
                            .asLong())
                    .isEqualTo(version + 1);
            assertThat(refusal(to, "RenameOrganization", "town1-o-2", "{\"name\":" + taken + "}"))
                    .isEqualTo("NAME_TAKEN");
            assertThat(refusal(to, "EnableUser", "town1-u-1", "{}")).isEqualTo("DELETED");
            to.isSound();
        }
    }

    @Test
    @Order(2)
    void anImportThatWasKilledIsGoneOnWithAndOthersAreRefused() throws IOException {
        try (var to = new Premises(directory.resolve("to"), PARTITIONS)) {
            var last = files.resolve("payments.events-2.avro");
            var whole = Files.readAllBytes(last);
            kill("payments.events-2.avro", 40);

            var broken = bring(to, PARTITIONS);
            assertThat(broken.status()).isEqualTo(1);
            assertThat(broken.err()).contains("payments.events-2.avro is not as");
            Files.write(last, whole);
            to.whileStopped(installation -> {
                killed(installation, "reading files");
                joined(installation);
            });
            to.start().stop();
            to.whileStopped(installation -> killed(installation, "writing events"));
            assertThatThrownBy(to::start)
                    .hasMessageContaining("an import of events was not finished")
                    .hasMessageContaining("delete the topic");
            assertThat(Run.of("state", "rebuild", "--data-dir", to.data()).err())
                    .contains("an import of events was not finished");
            assertThat(bring(to, PARTITIONS).out())
                    .contains(count(exported - 500) + " events written, 500 were there before");
            assertThat(bring(to, PARTITIONS).out())
                    .contains("0 events written, " + count(exported) + " were there before.");

            to.start();
            to.command("CreateOrganization", "new", "create-new", "{\"name\":\"New\"}");
            assertThat(running(to).err()).contains("group gyroscops-commands has");
            to.stop();
            assertThat(bring(to, PARTITIONS).err())
                    .contains("1 events that are not in the files, like organizations/new@1");
            to.start();
            to.isSound();
            to.stop();
            to.whileStopped(this::progressCountsUpToTheEnd);
        }
    }

    private void killed(Installation installation, String inStep) {
        var bringing = bringing(installation, inStep, () -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(bringing::run).hasMessage("killed");
    }

    /** As an instance does that starts after the first look. */
    private void joined(Installation installation) {
        var settings =
                installation.kafka().with(Map.of("group.id", CommandApplication.NAME, "enable.auto.commit", "false"));
        try (var member = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(installation.topics().results()));
            var bringing = bringing(installation, "reading files", () -> await().pollInSameThread()
                    .until(() -> {
                        member.poll(Duration.ofMillis(100));
                        return !member.assignment().isEmpty();
                    }));
            assertThatThrownBy(bringing::run).hasMessageContaining("the command topology runs");
        }
    }

    private Import bringing(Installation installation, String inStep, Runnable happens) {
        var work = directory.resolve("work");
        return new Import(installation, CommandApplication.NAME, files, work, (step, done, all) -> {
            if (step.equals(inStep)) {
                happens.run();
            }
        });
    }

    /** There are marks of transactions between the events. */
    private void progressCountsUpToTheEnd(Installation installation) {
        var shown = new ArrayList<Long>();
        var totals = new HashSet<Long>();
        try (var export = new Export(installation, directory.resolve("again"), (done, all) -> {
            shown.add(done);
            totals.add(all);
        })) {
            export.run();
        }
        assertThat(totals).hasSize(1);
        assertThat(shown).isSorted().endsWith(totals.iterator().next());
        int steps = shown.size() - 1;
        assertThat(shown.get(steps - 1)).isGreaterThan(steps * 500L);
    }

    private static String count(long number) {
        return String.format("%,d", number);
    }

    private static Run export(Premises premises, Path files) {
        return premises.run("events", "export", files.toString());
    }

    private Run bring(Premises premises, int partitions) {
        return Run.of(
                "events",
                "import",
                files.toString(),
                "--data-dir",
                premises.data(),
                "--partitions",
                Integer.toString(partitions));
    }

    private Run running(Premises premises) {
        return premises.run("events", "import", files.toString(), "--partitions", Integer.toString(PARTITIONS));
    }

    private void kill(String file, int missing) throws IOException {
        try (var bytes = new RandomAccessFile(files.resolve(file).toFile(), "rw")) {
            bytes.setLength(bytes.length() - missing);
        }
    }

    /** As they are printed, but for where they are. */
    private static List<JsonNode> events(Premises premises) {
        var printed = premises.run("events", "--from-beginning");
        return printed.out().lines().map(EventTransferIT::json).toList();
    }

    /** After the user was erased, whether or not the topic was compacted. */
    private static boolean stays(JsonNode event) {
        return !event.toString().contains("town1-u-1@") || event.toString().contains("UserErased");
    }

    private static JsonNode json(String line) {
        try {
            var event = (ObjectNode) JSON.readTree(line);
            return event.without(List.of("partition", "offset"));
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private static String refusal(Premises premises, String type, String id, String payload) {
        return premises.command(type, id, "c-" + type + id, payload)
                .path("reason")
                .asText();
    }
}
