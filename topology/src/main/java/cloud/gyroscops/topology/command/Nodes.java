package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.Aggregate;

/** The names of one aggregate type's nodes in the topology. */
record Nodes(Aggregate aggregate) {

    /** Source: commands as bytes. */
    String commands() {
        return aggregate.plural() + "-commands";
    }

    /** Source: questions whether aggregates of this type are there. */
    String questions() {
        return aggregate.plural() + "-questions";
    }

    /** Source: what aggregates of this type had asked. */
    String answers() {
        return aggregate.plural() + "-answers";
    }

    /** Sink: questions to other aggregates' partitions. */
    String questionsTo(Aggregate asked) {
        return aggregate.plural() + "-ask-" + asked.plural();
    }

    /** Sink: answers to other aggregates' questions. */
    String answersTo(Aggregate asker) {
        return aggregate.plural() + "-answer-" + asker.plural();
    }

    /** Sink: claims that are asked for, confirmed and released. */
    String claims() {
        return aggregate.plural() + "-claims";
    }

    /** Processor: tells commands from rubbish. */
    String intake() {
        return aggregate.plural() + "-intake";
    }

    /** Processor: decides, evolves, stores. */
    String decide() {
        return aggregate.plural() + "-decide";
    }

    /** Sink: the event store. */
    String events() {
        return aggregate.plural() + "-events";
    }

    /** Sink: one result per command record. */
    String results() {
        return aggregate.plural() + "-results";
    }

    /** Sink: what is no command. */
    String deadLetters() {
        return aggregate.plural() + "-dead-letters";
    }

    /** Sink: commands for their proper partition, and time-outs. */
    String commandsAgain() {
        return aggregate.plural() + "-commands-again";
    }
}
