package cloud.gyroscops.schemas;

import cloud.gyroscops.contract.CommandHeader;
import org.apache.avro.specific.SpecificRecord;

/**
 * A command of any aggregate: the Java side of {@code OrganizationCommand}, {@code UserCommand} and {@code
 * PaymentCommand}, which differ on the wire in the branches of their payload only.
 *
 * @param header what every command carries
 * @param payload a branch of the aggregate's command union
 */
public record CommandMessage(CommandHeader header, SpecificRecord payload) {}
