package cloud.gyroscops.topology.broker;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserUpdated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an index when the views stop, are killed, or lose their transactions. */
class IndexIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int USERS = 300;

    /** Files are compressed: texts that have four letters in common would not be found. */
    private static final String ADA = "q7zj4xw@v93kd";

    private static final String BOB = "w5hx2tq@j81mz";

    private static Broker broker;

    @TempDir
    private Path directory;

    private final Map<String, String> expected = new HashMap<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void afterACleanStopNothingIsRestored() {
        try (var users = new ListedUsers(broker.bootstrapServers(), "clean", directory)) {
            users.start(directory.resolve("state"));
            create(users, 0, USERS);
            deleteSome(users);
            users.await("all listed", expected::equals);
            users.stop();

            users.start(directory.resolve("state"));

            assertThat(users.await("all listed again", expected::equals)).hasSize(USERS - USERS / 10);
            assertThat(users.restored()).isZero();
            rename(users, "u-1", "countess");
            users.await("a change after the restart", expected::equals);
        }
    }

    @Test
    void afterAKillAllIsRestoredAndWhatWasDeletedStaysDeleted() throws Exception {
        try (var users = new ListedUsers(broker.bootstrapServers(), "killed", directory)) {
            users.start(directory.resolve("state"));
            create(users, 0, USERS);
            users.await("all listed", expected::equals);
            users.stop();
            users.start(directory.resolve("state"));
            deleteSome(users);
            users.await("all but the deleted ones listed", expected::equals);
            copy(directory.resolve("state"), directory.resolve("left"));
            users.stop();

            users.start(directory.resolve("left"));

            users.await("all listed again", expected::equals);
            assertThat(users.restored()).isEqualTo(USERS + USERS / 10);
        }
    }

    @Test
    void whatAnAbortedTransactionHadIndexedIsIndexedAgainAsItWas() throws Exception {
        try (var users = new ListedUsers(broker.bootstrapServers(), "aborted", directory);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            users.start(directory.resolve("state"));
            for (int round = 0; round < 4; round++) {
                create(users, round * 100, round * 100 + 100);
                rename(users, "u-" + round * 100, "renamed-" + round);
                int listed = round * 100;
                users.await("some of the round are listed", found -> found.size() > listed);
                fence(admin, users.application());
            }
            deleteSome(users);

            assertThat(users.await("all listed", expected::equals)).hasSize(370);
        }
    }

    @Test
    void anErasedUserIsInNoFileAndItsRowInTheChangelogIsReplacedByATombstone() throws Exception {
        try (var users = new ListedUsers(broker.bootstrapServers(), "erased", directory)) {
            var state = directory.resolve("state");
            users.start(state);
            create(users, 0, 20);
            create(users, "u-ada", "ada", ADA);
            create(users, "u-bob", "bob", BOB);
            users.await("all listed", expected::equals);
            users.stop();
            assertThat(onDisk(state, ADA)).isTrue();
            users.start(state);

            users.send("u-ada", new UserDeleted());
            users.send("u-ada", new UserErased());
            expected.remove("u-ada");

            users.await("the user is listed no more", expected::equals);
            Awaiting.that("no file has the user's email", SOON, () -> !onDisk(state, ADA));
            assertThat(onDisk(state, BOB)).isTrue();
            try (var changelog = users.changelog()) {
                assertThat(changelog.all().stream()
                                .filter(record -> "u-ada".equals(new String(record.key(), StandardCharsets.UTF_8)))
                                .reduce((earlier, later) -> later))
                        .hasValueSatisfying(last -> assertThat(last.value()).isNull());
            }
        }
    }

    private void create(ListedUsers users, int from, int to) {
        for (int i = from; i < to; i++) {
            create(users, "u-" + i, "user-" + i, "user-" + i + "@acme");
        }
    }

    private void create(ListedUsers users, String id, String username, String address) {
        users.send(id, new UserCreated(username, address + ".test", "Ada", "Lovelace", "o-1", List.of("admin")));
        expected.put(id, username);
    }

    private void rename(ListedUsers users, String id, String username) {
        users.send(id, new UserUpdated(username, null, null, null));
        expected.put(id, username);
    }

    /** A tenth of the first ones. */
    private void deleteSome(ListedUsers users) {
        for (int i = 5; i < USERS; i += 10) {
            users.send("u-" + i, new UserDeleted());
            expected.remove("u-" + i);
        }
    }

    /** Ends all producers' transactions: the tasks are closed at once, and what they did is done again. */
    private static void fence(Admin admin, String application) throws Exception {
        var ids = admin.listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(application))
                .toList();
        assertThat(ids).isNotEmpty();
        admin.fenceProducers(ids).all().get();
    }

    /** What a process that is killed leaves. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    copyIfThere(file, target);
                }
            }
        }
    }

    private static void copyIfThere(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target);
        } catch (NoSuchFileException gone) {
            // Stores tidy up while they are copied.
            Files.deleteIfExists(target);
        }
    }

    /** Whether a file of a list's index has a text. */
    private static boolean onDisk(Path state, String text) throws IOException {
        try (var files = Files.walk(state)) {
            return files.filter(file -> file.getParent().endsWith(Path.of("lucene", ListedUsers.STORE)))
                    .anyMatch(file -> new String(read(file), StandardCharsets.ISO_8859_1).contains(text));
        } catch (UncheckedIOException gone) {
            // Read again.
            return true;
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
