package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.CommandMessage;

/**
 * A valid command, on its way from intake to decision.
 *
 * @param command what was sent
 * @param source where the producer had put it
 */
record Received(CommandMessage command, Source source) {}
