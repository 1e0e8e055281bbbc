package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.topology.command.Source;

/**
 * A result that is still there.
 *
 * @param result what was answered
 * @param source which record it answers, where its producer had put it; null: that is not known
 */
record Answered(CommandResult result, Source source) {

    /** Whether it says that an earlier command had the same id. */
    boolean saysReused() {
        return is(RefusalReason.COMMAND_ID_REUSED);
    }

    /** Whether it answers what was no command. */
    boolean saysMalformed() {
        return is(RefusalReason.MALFORMED);
    }

    private boolean is(RefusalReason reason) {
        return result.getRefusal() != null && result.getRefusal().getReason() == reason;
    }
}
