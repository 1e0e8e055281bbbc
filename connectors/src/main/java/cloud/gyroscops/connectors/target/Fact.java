package cloud.gyroscops.connectors.target;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;

/**
 * What happened in a target, as a command with an id that depends on nothing but what happened: the same fact told again,
 * also by another way, is the same command.
 */
public record Fact(Aggregate aggregate, CommandMessage command) {}
