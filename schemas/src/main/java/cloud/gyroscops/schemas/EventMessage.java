package cloud.gyroscops.schemas;

import cloud.gyroscops.contract.EventHeader;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event of any aggregate: the Java side of {@code OrganizationEvent}, {@code UserEvent} and {@code PaymentEvent}.
 *
 * @param header what every event carries
 * @param payload a branch of the aggregate's event union
 */
public record EventMessage(EventHeader header, SpecificRecord payload) {}
