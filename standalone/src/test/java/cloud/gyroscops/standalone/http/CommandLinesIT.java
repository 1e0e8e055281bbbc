package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static cloud.gyroscops.standalone.http.Commands.renameOrganization;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesIT {

    private static final int THOUSANDS = 8_000;

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3));
        user = new HttpUser(system::http);
        user.awaitReady();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void thousandsOfLinesAreAnsweredInTheirOrder() {
        var answers = user.lines(IntStream.rangeClosed(1, THOUSANDS)
                        .mapToObj(i -> createOrganization("o-" + i, "c-" + i, "A name to make it long " + i))
                        .collect(Collectors.joining("\n")))
                .lines();

        assertThat(answers).hasSize(THOUSANDS);
        for (int i = 1; i <= THOUSANDS; i++) {
            var answer = answers.get(i - 1);
            assertThat(answer.path("line").longValue()).isEqualTo(i);
            assertThat(answer.path("commandId").textValue()).isEqualTo("c-" + i);
            assertThat(answer.path("status").textValue()).isEqualTo("ACCEPTED");
        }
    }

    /** With a plain socket: the JDK's client reads ahead of what it sends. */
    @Test
    void aClientMayWaitForAnAnswerBeforeItSendsTheNextLine() throws IOException {
        var server = system.http();
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(30_000);
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            write(
                    socket,
                    "POST /commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            chunk(socket, createOrganization("patient-1", "patient-c-1", "One"));
            assertThat(lineWith("patient-c-1", answers)).contains("ACCEPTED");

            chunk(socket, createOrganization("patient-2", "patient-c-2", "Two"));

            assertThat(lineWith("patient-c-2", answers)).contains("ACCEPTED");
        }
    }

    private static String lineWith(String commandId, BufferedReader answers) throws IOException {
        var line = answers.readLine();
        while (!line.contains(commandId)) {
            line = answers.readLine();
        }
        return line;
    }

    private static void chunk(Socket socket, String line) throws IOException {
        int size = line.getBytes(StandardCharsets.UTF_8).length + 1;
        write(socket, Integer.toHexString(size) + "\r\n" + line + "\n\r\n");
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Test
    void commandsForOneAggregateAreHandledInTheOrderOfTheirLines() {
        var lines = createOrganization("ordered", "ordered-1", "Name 1") + "\n"
                + IntStream.rangeClosed(2, 50)
                        .mapToObj(i -> renameOrganization("ordered", "ordered-" + i, "Name " + i))
                        .collect(Collectors.joining("\n"));

        var answers = user.lines(lines).lines();

        for (int i = 1; i <= 50; i++) {
            assertThat(answers.get(i - 1).path("version").longValue()).isEqualTo(i);
        }
    }

    @Test
    void malformedLinesAreToldWhereTheyStandAndHarmNoOthers() {
        var answers = user.lines(String.join(
                        "\n",
                        createOrganization("between", "between-1", "Between"),
                        "no JSON",
                        "",
                        "{\"type\": \"MakeUser\", \"aggregateId\": \"u\"}",
                        renameOrganization("between", "between-2", "Still there"),
                        renameOrganization("between-nowhere", "between-3", "Refused")))
                .lines();

        assertThat(answers)
                .extracting(answer -> answer.path("line").intValue() + " "
                        + answer.path("status").textValue())
                .containsExactly("1 ACCEPTED", "2 MALFORMED", "4 MALFORMED", "5 ACCEPTED", "6 REJECTED");
        assertThat(answers.get(2).path("field").textValue()).isEqualTo("type");
        assertThat(answers.get(4).path("refusal").path("reason").textValue()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aRepeatedFileGetsTheSameAnswers() {
        var lines = IntStream.range(0, 100)
                .mapToObj(i -> createOrganization("again-" + i, "again-" + i, "Again " + i))
                .collect(Collectors.joining("\n"));
        var first = user.lines(lines);

        assertThat(user.lines(lines).lines()).isEqualTo(first.lines());
    }

    @Test
    void severalWhoSendLinesAtOnceEachGetTheirOwnAnswers() {
        var requests = IntStream.range(0, 4)
                .mapToObj(sender -> CompletableFuture.supplyAsync(() -> user.lines(IntStream.range(0, 500)
                        .mapToObj(i -> createOrganization(
                                "s" + sender + "-" + i, "s" + sender + "-" + i, "Sender " + sender + " " + i))
                        .collect(Collectors.joining("\n")))))
                .toList();

        for (int sender = 0; sender < requests.size(); sender++) {
            var answers = requests.get(sender).join().lines();
            assertThat(answers).hasSize(500);
            for (int i = 0; i < 500; i++) {
                assertThat(answers.get(i).path("commandId").textValue()).isEqualTo("s" + sender + "-" + i);
                assertThat(answers.get(i).path("status").textValue()).isEqualTo("ACCEPTED");
            }
        }
    }

    @Test
    void nothingGetsNothing() {
        var answer = user.lines("");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }
}
