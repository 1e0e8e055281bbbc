package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.json.AvroToJson;

/** The one place that maps refusals to HTTP. */
final class RefusalProblems {

    private RefusalProblems() {}

    /** The problem for a rejected command: its reason, its field, and the whole result. */
    static Problem of(CommandResult result) {
        var refusal = result.getRefusal();
        var problem = new Problem(status(refusal.getReason()), refusal.getMessage())
                .with("reason", refusal.getReason().name());
        if (refusal.getField() != null) {
            problem.with("field", refusal.getField());
        }
        var json = AvroToJson.result(result);
        json.remove("status");
        json.remove("refusal");
        return problem.with(json);
    }

    private static int status(RefusalReason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS,
                    VERSION_CONFLICT,
                    COMMAND_ID_REUSED,
                    REFUND_ID_REUSED,
                    NAME_TAKEN,
                    USERNAME_TAKEN,
                    EMAIL_TAKEN -> 409;
            default -> 422;
        };
    }
}
