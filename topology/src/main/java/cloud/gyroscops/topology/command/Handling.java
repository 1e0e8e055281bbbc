package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * One command that is being handled.
 *
 * @param aggregate the aggregate's type
 * @param header the command's head
 * @param payload what is asked
 * @param time when it was appended to its topic, never before the aggregate's latest event
 * @param version the aggregate's version before it; 0 where there is no aggregate yet
 */
public record Handling(Aggregate aggregate, CommandHeader header, SpecificRecord payload, Instant time, long version) {}
