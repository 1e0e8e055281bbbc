package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServingTest {

    @Test
    void aRequestThatIsBeingAnsweredWhenTheServerStopsIsAnswered() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var server = Javalin.create(config -> {
                    Serving.configure(config);
                    config.routes.get("/slow", ctx -> {
                        begun.countDown();
                        ctx.result(go.await(60, TimeUnit.SECONDS) ? "done" : "not told to");
                    });
                })
                .start("127.0.0.1", 0);
        var answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/slow"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        int port = server.port();
        var stopped = CompletableFuture.runAsync(server::stop);
        // It goes on only once the server is on its way down.
        await().atMost(Duration.ofSeconds(60)).until(() -> refusesConnections(port));
        go.countDown();

        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopped.get(60, TimeUnit.SECONDS);
    }

    private static boolean refusesConnections(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
