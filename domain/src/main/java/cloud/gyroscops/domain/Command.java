package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Origin;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A command as deciders see it.
 *
 * @param aggregateId whom it is for
 * @param payload what is asked: a branch of the aggregate's command union
 * @param time when it was appended to its topic, never before the aggregate's latest event
 * @param origin who caused it
 * @param references what the aggregates that it names were found to be
 */
public record Command(String aggregateId, SpecificRecord payload, Instant time, Origin origin, References references) {}
