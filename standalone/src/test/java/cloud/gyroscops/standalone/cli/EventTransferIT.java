package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.transfer.Import;
import cloud.gyroscops.topology.command.CommandApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All events of one system go into another one. */
final class EventTransferIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int USERS = 20;

    @TempDir
    private Path directory;

    @Test
    void anExportThatWasKilledAndGoneOnWithFillsASystemWithOtherPartitions() throws IOException {
        try (var from = new Premises(directory.resolve("from"), 3).start();
                var to = new Premises(directory.resolve("to"), 4)) {
            load(from);
            export(from);
            kill("users.events-0.avro", 40);
            Files.delete(directory.resolve("files").resolve("payments.events-1.avro"));
            from.command("EraseUser", "town1-u-1", "erase", "{}");
            var second = export(from);
            assertThat(second.status()).as(second.err()).isZero();
            assertThat(export(from).out()).startsWith("0 events written");
            var events = events(from).stream().filter(EventTransferIT::stays).toList();
            var views = views(from);

            var brought = bring(to, 4);

            assertThat(brought.status()).as(brought.err()).isZero();
            assertThat(brought.out()).contains(count(events.size()) + " events written, 0 were there before.");
            assertThat(brought.out()).contains("0 commands wait to be handled");
            to.start();
            assertThat(events(to)).containsExactlyInAnyOrderElementsOf(events);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(views(to)).isEqualTo(views));
            assertThat(to.command("DisableUser", "town1-u-2", "disable", "{}")
                            .path("version")
                            .asLong())
                    .isEqualTo(from.view("/users/town1-u-2").path("version").asLong() + 1);
            assertThat(refusal(to, "RenameOrganization", "town1-o-2", name(from, "town1-o-1")))
                    .isEqualTo("NAME_TAKEN");
            assertThat(refusal(to, "EnableUser", "town1-u-1", "{}")).isEqualTo("DELETED");
            handleAThousand(to);
            assertThat(check(to).status()).as(check(to).out()).isZero();
        }
    }

    @Test
    void anImportThatWasKilledIsGoneOnWithAndOthersAreRefused() throws IOException {
        try (var from = new Premises(directory.resolve("from"), 2).start();
                var to = new Premises(directory.resolve("to"), 2)) {
            load(from);
            export(from);
            var events = events(from);
            var last = directory.resolve("files").resolve("payments.events-1.avro");
            var whole = Files.readAllBytes(last);
            kill("payments.events-1.avro", 40);

            var broken = bring(to, 2);
            assertThat(broken.status()).isEqualTo(1);
            assertThat(broken.err()).contains("payments.events-1.avro is not as");
            Files.write(last, whole);
            to.whileStopped(installation -> assertThatThrownBy(() -> new Import(
                                    installation,
                                    CommandApplication.NAME,
                                    directory.resolve("files"),
                                    directory.resolve("work"),
                                    (done, all) -> {
                                        throw new IllegalStateException("killed");
                                    })
                            .run())
                    .hasMessage("killed"));
            assertThatThrownBy(to::start).hasMessageContaining("an import of events was not finished");
            assertThat(Run.of("state", "rebuild", "--data-dir", to.data()).err())
                    .contains("an import of events was not finished");
            assertThat(bring(to, 2).out())
                    .contains(count(events.size() - 500) + " events written, 500 were there before");
            assertThat(bring(to, 2).out())
                    .contains("0 events written, " + count(events.size()) + " were there before.");

            to.start();
            to.command("CreateOrganization", "new", "create-new", "{\"name\":\"New\"}");
            assertThat(running(to).err()).contains("group gyroscops-commands has");
            to.stop();
            assertThat(bring(to, 2).err()).contains("1 events that are not in the files, like organizations/new@1");
        }
    }

    private static String count(long number) {
        return String.format("%,d", number);
    }

    private void load(Premises premises) {
        var town = directory.resolve("town.jsonl").toString();
        Run.of("generate", "--organizations=3", "--users=" + USERS, "--payments=500", "--out=" + town);
        assertThat(Run.of("load", town, "--url", premises.url()).err()).contains(" 0 rejected");
    }

    /** The next thousand commands, all of which are right. */
    private void handleAThousand(Premises premises) {
        var town = directory.resolve("next.jsonl").toString();
        Run.of("generate", "--seed=2", "--organizations=5", "--users=100", "--payments=400", "--out=" + town);
        assertThat(Run.of("load", town, "--url", premises.url()).err()).contains(" 0 rejected");
    }

    private static Run check(Premises premises) {
        return Run.of(
                "check",
                "--bootstrap-servers",
                premises.system().bootstrapServers(),
                "--schema-registry",
                premises.system().registryUrl());
    }

    private Run export(Premises premises) {
        return Run.of(
                "events",
                "export",
                directory.resolve("files").toString(),
                "--bootstrap-servers",
                premises.system().bootstrapServers(),
                "--schema-registry",
                premises.system().registryUrl());
    }

    private Run bring(Premises premises, int partitions) {
        return Run.of(
                "events",
                "import",
                directory.resolve("files").toString(),
                "--data-dir",
                premises.data(),
                "--partitions",
                Integer.toString(partitions));
    }

    private Run running(Premises premises) {
        return Run.of(
                "events",
                "import",
                directory.resolve("files").toString(),
                "--bootstrap-servers",
                premises.system().bootstrapServers(),
                "--schema-registry",
                premises.system().registryUrl(),
                "--partitions",
                "2");
    }

    private void kill(String file, int missing) throws IOException {
        var path = directory.resolve("files").resolve(file);
        try (var bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.setLength(bytes.length() - missing);
        }
    }

    /** As they are printed, but for where they are. */
    private static List<JsonNode> events(Premises premises) {
        var printed = Run.of(
                "events",
                "--from-beginning",
                "--bootstrap-servers",
                premises.system().bootstrapServers(),
                "--schema-registry",
                premises.system().registryUrl());
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

    private static List<String> views(Premises premises) {
        return IntStream.rangeClosed(2, USERS)
                .boxed()
                .flatMap(number -> List.of("/users/town1-u-" + number, "/payments/town1-p-" + number).stream())
                .map(path -> premises.get(path).body())
                .toList();
    }

    private static String refusal(Premises premises, String type, String id, String payload) {
        return premises.command(type, id, "c-" + type + id, payload)
                .path("reason")
                .asText();
    }

    private static String name(Premises premises, String organization) {
        return "{\"name\":" + premises.view("/organizations/" + organization).path("name") + "}";
    }
}
