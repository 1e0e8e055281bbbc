package cloud.gyroscops.connectors.target;

import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * An aggregate that is to be mirrored.
 *
 * @param id our id
 * @param version of the state
 * @param state {@code OrganizationState}, {@code UserState} or {@code PaymentState}
 * @param externalId the target's id of its object, if it is known
 * @param mirrored the compared fields as they were when they were mirrored last; empty: never
 * @param mirroredAt when that was
 */
public record Subject(
        Aggregate aggregate,
        String id,
        String organizationId,
        long version,
        SpecificRecord state,
        Optional<String> externalId,
        Map<String, String> mirrored,
        Optional<Instant> mirroredAt) {}
