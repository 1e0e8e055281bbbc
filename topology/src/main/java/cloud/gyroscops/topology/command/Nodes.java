package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.Aggregate;

/** The names of one aggregate type's nodes in the topology. */
record Nodes(Aggregate aggregate) {

    /** Source: commands as bytes. */
    String commands() {
        return aggregate.plural() + "-commands";
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
