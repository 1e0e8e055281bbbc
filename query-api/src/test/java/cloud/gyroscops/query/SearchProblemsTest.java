package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose fault it is that a search is not answered. */
class SearchProblemsTest {

    private static ServedRoutes routes;

    @BeforeAll
    static void serve() {
        routes = new ServedRoutes(null, null, null, new Lists(new Broken()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        routes.close();
    }

    /** Fails as code does that has a mistake. */
    private static final class Broken implements Questions {
        @Override
        public <A> A ask(String key, Question<A> question) {
            throw new IllegalArgumentException("status is broken");
        }

        @Override
        public <A> List<A> askAll(Question<A> question) {
            throw new IllegalArgumentException("status is broken");
        }
    }

    @Test
    void aFailureWhileASearchIsAnsweredIsNotTheClients() throws IOException, InterruptedException {
        assertThat(status("/overall/payments?status=COMPLETED")).isEqualTo(500);
        assertThat(status("/overall/payments/suggestions?q=a")).isEqualTo(500);
    }

    @Test
    void aPageOutOfReachIs() {
        var answer = routes.get("/overall/payments?page=51&limit=20");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("page is 51");
    }

    @Test
    void moreWordsThanAreLookedForAre() {
        var answer = routes.get("/overall/payments/suggestions?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("q has 21 words; it must have at most 20");
    }

    /** Failures are not in the contract. */
    private static int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + routes.server().port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
