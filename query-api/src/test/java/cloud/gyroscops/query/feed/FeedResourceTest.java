package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed of a server that stops: whoever is let in, as far as the request goes, is sent away. */
class FeedResourceTest {

    private Javalin server;

    @BeforeEach
    void serve() {
        var log = new GrowingLog(new Random(1));
        var feed = new EventFeed(
                KafkaSettings.at("127.0.0.1:1"), log.topics, log.wire, FeedSettings.DEFAULT, new SimpleMeterRegistry());
        feed.close();
        var resource = new FeedResource(feed);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/events", ctx -> {
                        if (FeedResource.wanted(ctx)) {
                            resource.follow(ctx);
                        } else {
                            ctx.result("pages");
                        }
                    });
                    config.routes.exception(Problem.class, (problem, ctx) -> problem.answer(ctx));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whoIsNotLetInIsToldWhyAndWhenToComeBack() throws Exception {
        var answer = get("", "text/event-stream");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.body())
                .startsWith("event: cut-off\nretry: 2000\ndata: {\"reason\":\"stopping\"")
                .endsWith("\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "organizationId=, organizationId",
        "organizationId, organizationId",
        "organizationId=a%20b, organizationId",
        "aggregateId=, aggregateId",
        "aggregateId=a%2Cb, aggregateId",
        "aggregateType=, aggregateType",
        "type=, type",
        "type=UserCreated%2CUserDisabled, type",
        "aggregateType=payments&type=UserCreated, type",
        "start=, start",
        "lastEventId=x, lastEventId",
        "organisationId=o-1, organisationId",
    })
    void aFilterThatIsNoneDoesNotLetEverythingThrough(String query, String field) throws Exception {
        var answer = get("?" + query, "text/event-stream");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "Text/Event-Stream",
                "text/event-stream, application/json;q=0.5",
                "application/json, text/event-stream",
                "text/*"
            })
    void whoLikesEventsAsTheyComeGetsThem(String accept) throws Exception {
        assertThat(get("", accept).body()).startsWith("event: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "text/event-stream;q=0, application/json",
                "text/event-stream;q=0.1, application/json",
                "x-text/event-stream"
            })
    void whoDoesNotGetsPages(String accept) throws Exception {
        assertThat(get("", accept).body()).isEqualTo("pages");
    }

    private HttpResponse<String> get(String query, String accept) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/events" + query))
                .header("Accept", accept);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
