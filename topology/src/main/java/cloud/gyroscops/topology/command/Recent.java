package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The latest commands of one aggregate: the same one again gets the same result, and makes no event. */
final class Recent {

    static final int LONGEST_CORRELATION_ID = 128;

    /** After a rebuild, where the command itself is gone: its id alone must do. */
    private static final Fingerprint NOT_KNOWN = new Fingerprint(new byte[16]);

    private Recent() {}

    /**
     * The command with this id and origin, if it was among the latest. Ids are apart by origin: those of the system and of
     * the mirrors can be foretold, and a client must not take them.
     */
    static Optional<HandledCommand> find(Progress progress, String commandId, Origin origin) {
        var recent = progress.getRecent();
        for (int i = recent.size() - 1; i >= 0; i--) {
            if (recent.get(i).getCommandId().equals(commandId) && recent.get(i).getOrigin() == origin) {
                return Optional.of(recent.get(i));
            }
        }
        return Optional.empty();
    }

    /** The list with one more, and without the oldest ones that are more than {@code most}. */
    static List<HandledCommand> and(List<HandledCommand> recent, HandledCommand handled, int most) {
        int from = Math.max(0, recent.size() + 1 - most);
        var next = new ArrayList<HandledCommand>(recent.size() - from + 1);
        for (int i = from; i < recent.size(); i++) {
            next.add(recent.get(i));
        }
        next.add(handled);
        return next;
    }

    /** The first result again, or, if the payload is another one, a refusal. */
    static CommandResult answerAgain(
            Aggregate aggregate, Handling handling, HandledCommand earlier, Fingerprint payload) {
        if (earlier.getPayload().equals(payload) || earlier.getPayload().equals(NOT_KNOWN)) {
            return result(aggregate, handling.header().getAggregateId(), earlier);
        }
        var header = handling.header();
        var refusal = new Refusal(
                RefusalReason.COMMAND_ID_REUSED,
                "commandId " + header.getCommandId()
                        + " was used for another payload before; a new command needs a new id",
                "commandId");
        return new CommandResult(
                header.getCommandId(),
                aggregate.type(),
                header.getAggregateId(),
                ResultStatus.REJECTED,
                handling.version(),
                List.of(),
                refusal,
                handling.time(),
                correlationId(handling));
    }

    /** The result of a command that was handled. */
    static CommandResult result(Aggregate aggregate, String aggregateId, HandledCommand handled) {
        var keys = new ArrayList<String>(handled.getEvents());
        for (long version = handled.getVersion() - handled.getEvents() + 1;
                version <= handled.getVersion();
                version++) {
            keys.add(EventKey.of(aggregateId, version));
        }
        return new CommandResult(
                handled.getCommandId(),
                aggregate.type(),
                aggregateId,
                handled.getRefusal() == null ? ResultStatus.ACCEPTED : ResultStatus.REJECTED,
                handled.getVersion(),
                keys,
                handled.getRefusal(),
                handled.getDecidedAt(),
                handled.getCorrelationId());
    }

    /** What binds it together with others; where that is none, or none that may be kept, its own id. */
    static String correlationId(Handling handling) {
        var header = handling.header();
        var given = header.getCorrelationId() == null
                ? ""
                : header.getCorrelationId().strip();
        return given.isEmpty() || given.length() > LONGEST_CORRELATION_ID ? header.getCommandId() : given;
    }
}
