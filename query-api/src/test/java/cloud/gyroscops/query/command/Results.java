package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import java.time.Instant;
import java.util.List;

/** Results to answer with. */
final class Results {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private Results() {}

    static CommandResult accepted(String commandId, long version) {
        return new CommandResult(
                commandId,
                AggregateType.USER,
                "u-1",
                ResultStatus.ACCEPTED,
                version,
                List.of("u-1@" + version),
                null,
                NOON,
                commandId);
    }

    static CommandResult rejected(String commandId, RefusalReason reason, String field) {
        return new CommandResult(
                commandId,
                AggregateType.USER,
                "u-1",
                ResultStatus.REJECTED,
                3L,
                List.of(),
                new Refusal(reason, "it is not right", field),
                NOON,
                commandId);
    }
}
