package cloud.gyroscops.standalone.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.standalone.views.Answers.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String PAYMENTS =
            "{\"payments\": [{\"id\": \"p-1\", \"organizationId\": \"o-1\", \"userId\": \"u-1\"}]}";

    private final Map<String, Answer> answers = new HashMap<>(Map.of(
            "/overall/payments?limit=50&sort=createdAt&order=asc", new Answer(200, PAYMENTS),
            "/overall/payments?limit=50&sort=createdAt&order=desc", new Answer(200, PAYMENTS)));
    private final Set<String> asked = new HashSet<>();

    @Test
    void whatIsInTheSampleIsAskedOfBoth() throws InterruptedException {
        var result = compare((path, version) -> {
            asked.add(version + path);
            return answer(path);
        });

        assertThat(result.different()).isEmpty();
        assertThat(result.unsettled()).isZero();
        assertThat(asked)
                .contains("1/users/u-1", "2/users/u-1", "2/payments/p-1/report", "2/organizations/o-1/users/analytics")
                .contains("2/overall/payments/dashboard");
        assertThat(result.same()).isEqualTo((int)
                asked.stream().filter(path -> path.startsWith("2")).count());
    }

    @Test
    void aDifferentAnswerIsShownWithBoth() throws InterruptedException {
        var result = compare((path, version) -> path.equals("/users/u-1") && version == 2
                ? new Answer(404, "{\"title\": \"Not found\"}")
                : answer(path));

        assertThat(result.different())
                .singleElement()
                .isEqualTo("GET /users/u-1\n  version 1: 200 {}\n  version 2: 404 {\"title\": \"Not found\"}");
    }

    @Test
    void whatTheOtherVersionShowsAMomentLaterIsNoDifference() throws InterruptedException {
        var late = new AtomicInteger();
        var result = compare((path, version) -> path.equals("/users/u-1") && version == 2 && late.incrementAndGet() < 5
                ? new Answer(200, "{\"version\": 1}")
                : answer(path));

        assertThat(result.different()).isEmpty();
        assertThat(result.unsettled()).isZero();
    }

    @Test
    void whatKeepsChangingIsCountedApart() throws InterruptedException {
        var count = new AtomicInteger();
        var result = compare((path, version) -> path.equals("/overall/payments/dashboard")
                ? new Answer(200, "{\"total\": " + count.incrementAndGet() + "}")
                : answer(path));

        assertThat(result.different()).isEmpty();
        assertThat(result.unsettled()).isEqualTo(1);
    }

    @Test
    void whatCannotBeAnsweredNowIsAskedAgain() throws InterruptedException {
        var attempts = new AtomicInteger();
        var result = compare((path, version) ->
                attempts.incrementAndGet() % 3 == 0 ? new Answer(503, "not ready " + attempts) : answer(path));

        assertThat(result.different()).isEmpty();
        assertThat(result.same()).isPositive();
    }

    @Test
    void whoeverIsNoServerOfOursIsTold() {
        assertThatThrownBy(() -> compare((path, version) -> new Answer(500, "oops")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be compared")
                .hasMessageContaining("500 oops");
    }

    private Answer answer(String path) {
        return answers.getOrDefault(path, new Answer(200, "{}"));
    }

    private static Comparison.Result compare(Answers answers) throws InterruptedException {
        return new Comparison(answers, 1, 2, Duration.ZERO).run();
    }
}
