package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"up", "load", "generate", "command", "events", "check", "topology", "topology describe"})
    void everyCommandHasHelp(String command) {
        var run = Run.of((command + " --help").split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: gyroscops " + command);
    }

    @Test
    void withoutACommandItListsThem() {
        var run = Run.of();

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("up ", "load ", "generate ", "command ", "events ", "check ", "topology ", "up --demo");
    }

    @Test
    void aWrongCommandGetsAHint() {
        var run = Run.of("generat");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean: gyroscops generate");
    }

    @Test
    void aWrongFlagGetsAHint() {
        var run = Run.of("load", "--paralel", "2", "commands.jsonl");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown options: '--paralel'", "Possible solutions: --parallel");
    }

    @Test
    void aWrongAggregateGetsTheRightOnes() {
        var run = Run.of("events", "--aggregate", "persons");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("ORGANIZATIONS, USERS, PAYMENTS");
    }

    @Test
    void generatesTheSameToStandardOutputAndToAFile() throws IOException {
        var file = directory.resolve("town.jsonl");
        var small = new String[] {"generate", "--organizations=2", "--users=3", "--payments=5", "--seed=9"};

        var printed = Run.of(small);
        var written = Run.of(
                "generate", "--organizations=2", "--users=3", "--payments=5", "--seed=9", "--out", file.toString());

        assertThat(printed.status() + written.status()).isZero();
        assertThat(printed.out()).isEqualTo(Files.readString(file)).contains("\"aggregateId\":\"town9-p-5\"");
    }

    @Test
    void aTownOfNobodyIsRefused() {
        var run = Run.of("generate", "--organizations=0");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("organizations is 0; it must be 1 to 10000");
    }

    @Test
    void aFileThatCannotBeWrittenGetsOneLine() {
        var run = Run.of("generate", "--out", directory.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("cannot be written");
    }

    @Test
    void describesBothTopologiesWithoutAnythingRunning() {
        var run = Run.of("topology", "describe");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("The command topology", "payments.commands", "The view topology");
    }

    @Test
    void describesOneTopologyUnderItsPrefix() {
        var run = Run.of("topology", "describe", "view", "--topic-prefix", "acme.");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("acme.users.events").doesNotContain("The command topology");
    }

    @Test
    void topologyAloneSaysWhatMayFollow() {
        var run = Run.of("topology");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("Say what: gyroscops topology describe");
    }

    @Test
    void aServerThatIsNotThereGetsOneLine() throws IOException {
        var nobody = "http://127.0.0.1:" + freePort();
        var file = Files.writeString(directory.resolve("commands.jsonl"), "{}\n");

        for (var run : new Run[] {
            Run.of("load", file.toString(), "--url", nobody),
            Run.of("command", "CreateOrganization", "o-1", "{\"name\":\"Acme\"}", "--url", nobody)
        }) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("no gyroscops answers at " + nobody)
                    .contains("gyroscops up", "--url");
        }
    }

    @Test
    void aUrlThatIsNoneGetsOneLine() {
        var run = Run.of("command", "CapturePayment", "p-1", "--url", "localhost:8080");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("--url is \"localhost:8080\"; it must be like http://127.0.0.1:8080");
    }

    @Test
    void aFileThatIsNotThereGetsOneLine() {
        var run = Run.of("load", directory.resolve("nowhere.jsonl").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().endsWith("is no file that can be read");
    }

    @Test
    void anUnknownCommandTypeGetsAHint() {
        var run = Run.of("command", "CreateUsr", "u-1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("Unknown command \"CreateUsr\". Did you mean CreateUser?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name:", "[]", "Acme"})
    void aPayloadThatIsNoObjectIsRefused(String payload) {
        var run = Run.of("command", "CreateOrganization", "o-1", payload);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("PAYLOAD is " + payload + "; it must be a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--wait=-1", "--wait=3601", "--limit=-1", "--limit=many", "--clock-tolerance=-1"})
    void aWrongOptionOfTheCheckIsRefused(String option) {
        var run = Run.of("check", option);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "check"})
    void aClusterThatIsNotThereGetsOneLine(String command) throws IOException {
        var nobody = "127.0.0.1:" + freePort();

        var run = Run.of(command, "--bootstrap-servers", nobody);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("no Kafka answers at " + nobody)
                .contains("gyroscops up", "--bootstrap-servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "import"})
    void anOptionBeforeTheSubcommandIsNotIgnored(String subcommand) {
        var run = Run.of("events", "--bootstrap-servers", "127.0.0.1:1", subcommand, directory.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("--bootstrap-servers stands before " + subcommand + "; put it behind: gyroscops events "
                        + subcommand);
    }

    @Test
    void aDataDirectoryThatIsAFileGetsOneLineFromImportsToo() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        var run = Run.of("events", "import", directory.toString(), "--data-dir", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith(file + " cannot hold data (");
    }

    @Test
    void helpBeforeTheSubcommandIsThatOfTheCommand() {
        assertThat(Run.of("events", "--help", "export").out()).startsWith("Usage: gyroscops events");
    }

    @Test
    void theCheckTellsItsStatuses() {
        assertThat(Run.of("check", "--help").out())
                .contains(
                        "Exit status:",
                        "0   nothing is wrong",
                        "1   it could not be checked",
                        "3   something is wrong");
    }

    @Test
    void erasureAloneSaysWhatMayFollow() {
        var run = Run.of("erasure");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("Say what: gyroscops erasure report USER");
    }

    @Test
    void viewsAloneSaysWhatMayFollow() {
        var run = Run.of("views");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("Say what: gyroscops views rebuild|abandon|status");
    }

    @Test
    void versionsAreNotComparedWithoutAServer() throws IOException {
        var nobody = "http://127.0.0.1:" + freePort();

        var run = Run.of("views", "rebuild", "--url", nobody);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("no gyroscops answers at " + nobody);
    }

    @Test
    void anEmptyValueIsNotLookedFor() {
        var run = Run.of("erasure", "report", "u-1", "--value", "");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("--value is empty; it must be a text to look for");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
