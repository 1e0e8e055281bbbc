package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalProblemsTest {

    /** A version that passed, something that is there already, an id used for something else. */
    private static final Set<RefusalReason> CONFLICTS = Set.of(
            RefusalReason.VERSION_CONFLICT,
            RefusalReason.ALREADY_EXISTS,
            RefusalReason.COMMAND_ID_REUSED,
            RefusalReason.REFUND_ID_REUSED,
            RefusalReason.NAME_TAKEN,
            RefusalReason.USERNAME_TAKEN,
            RefusalReason.EMAIL_TAKEN);

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void everyReasonHasItsStatus(RefusalReason reason) {
        int expected =
                switch (reason) {
                    case MALFORMED -> 400;
                    case NOT_FOUND -> 404;
                    default -> CONFLICTS.contains(reason) ? 409 : 422;
                };

        assertThat(RefusalProblems.of(Results.rejected("c-1", reason, null)).status())
                .isEqualTo(expected);
    }

    @Test
    void theProblemTellsTheWholeResult() throws Exception {
        var problem = RefusalProblems.of(Results.rejected("c-1", RefusalReason.EMAIL_TAKEN, "email"));

        // Read again, since a long in a tree does not equal an int.
        assertThat(new ObjectMapper().readTree(problem.json().toString())).isEqualTo(new ObjectMapper().readTree("""
                {"type": "about:blank", "title": "Conflict", "status": 409, "detail": "it is not right",
                 "reason": "EMAIL_TAKEN", "field": "email", "commandId": "c-1", "aggregateType": "USER",
                 "aggregateId": "u-1", "version": 3, "eventKeys": [], "decidedAt": "2026-01-31T12:00:00Z",
                 "correlationId": "c-1"}"""));
    }

    @Test
    void aRefusalWithoutFieldNamesNone() {
        assertThat(RefusalProblems.of(Results.rejected("c-1", RefusalReason.INVALID_STATE, null))
                        .json()
                        .has("field"))
                .isFalse();
    }
}
