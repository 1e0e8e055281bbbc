package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ReferenceQuestion;

/** What reaches an aggregate in its partition. */
sealed interface Incoming {

    /**
     * A valid command, from intake.
     *
     * @param work the command, with nothing asked for it yet
     */
    record Received(Work work) implements Incoming {}

    /** Another partition's question whether the aggregate is there. */
    record Asked(ReferenceQuestion question) implements Incoming {}

    /** The answer to what was asked for one of the aggregate's commands. */
    record Answered(Answer answer) implements Incoming {}
}
