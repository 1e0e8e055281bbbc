package cloud.gyroscops.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.problem.Problem;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may ask at all; a question that does not exist shows that somebody was let in. */
class PeerResourceTest {

    private static final String SECRET = "correct-horse-battery";
    private static final int LET_IN = 421;

    private Javalin server;

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void onLoopbackNoSecretIsNeeded() throws Exception {
        serve("", "127.0.0.1");

        assertThat(ask(null)).isEqualTo(LET_IN);
    }

    @Test
    void onMoreThanLoopbackNobodyIsLetInWithoutASecret() throws Exception {
        serve("", "0.0.0.0");

        assertThat(ask(null)).isEqualTo(403);
        assertThat(ask("")).isEqualTo(403);
    }

    @Test
    void whoKnowsTheSecretIsLetIn() throws Exception {
        serve(SECRET, "0.0.0.0");

        assertThat(ask(SECRET)).isEqualTo(LET_IN);
    }

    @Test
    void whoKnowsItNotIsNot() throws Exception {
        serve(SECRET, "127.0.0.1");

        assertThat(ask(null)).isEqualTo(403);
        assertThat(ask(SECRET + "?")).isEqualTo(403);
    }

    @Test
    void aPageOfAnotherOriginCannotAskUnasked() throws Exception {
        serve("", "127.0.0.1");

        assertThat(ask(null, "text/plain")).isEqualTo(415);
        assertThat(ask(null, null)).isEqualTo(415);
    }

    private void serve(String secret, String host) {
        var peers = new PeerResource(null, new PeerSettings("", secret), host);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/internal/questions/{version}/{name}", peers::post);
                    config.routes.exception(Problem.class, (problem, ctx) -> problem.answer(ctx));
                })
                .start("127.0.0.1", 0);
    }

    private int ask(String secret) throws Exception {
        return ask(secret, "application/json");
    }

    private int ask(String secret, String type) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/internal/questions/1/NoQuestion"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (secret != null) {
            request.header(PeerResource.SECRET, secret);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
