package cloud.gyroscops.schemas;

import cloud.gyroscops.contract.Progress;
import org.apache.avro.specific.SpecificRecord;

/**
 * An aggregate as the command topology stores it: the Java side of {@code StoredOrganization}, {@code StoredUser} and
 * {@code StoredPayment}.
 *
 * @param progress version, time and the latest commands
 * @param state what the decider decides on
 */
public record StoredState<S extends SpecificRecord>(Progress progress, S state) {}
