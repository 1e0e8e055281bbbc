package cloud.gyroscops.query.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aProblemHasWhatTheRfcAsksFor() {
        assertThat(Problem.notFound("there is no u-1").json())
                .hasToString("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"there is no u-1\"}");
    }

    @Test
    void aMalformedRequestNamesItsField() {
        assertThat(Problem.badRequest("limit", "limit is 0").json())
                .hasToString("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"limit is 0\",\"field\":\"limit\"}");
    }

    @Test
    void aRequestThatIsMalformedAsAWholeNamesNoField() {
        assertThat(Problem.badRequest(null, "no JSON").json().has("field")).isFalse();
    }

    @Test
    void membersOfOurOwnComeAfterTheUsualOnes() {
        var members = JsonNodeFactory.instance.objectNode().put("version", 3).put("commandId", "c-1");

        var problem =
                new Problem(409, "too late").with("reason", "VERSION_CONFLICT").with(members);

        assertThat(problem.json().fieldNames())
                .toIterable()
                .containsExactly("type", "title", "status", "detail", "reason", "version", "commandId");
    }

    @Test
    void anAnswerNeedsNoStack() {
        assertThat(Problem.unavailable("in a moment").getStackTrace()).isEmpty();
    }
}
