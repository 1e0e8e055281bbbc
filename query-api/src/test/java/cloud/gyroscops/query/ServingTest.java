package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
                    config.events.serverStopping(go::countDown);
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

        var stopped = CompletableFuture.runAsync(server::stop);

        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopped.get(60, TimeUnit.SECONDS);
    }
}
