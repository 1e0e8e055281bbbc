package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import java.util.List;

/**
 * Something that was found out about an object.
 *
 * @param kind {@code DRIFT_FOUND}, {@code DRIFT_CORRECTED}, {@code CONFLICT} or {@code ADOPTED}
 * @param operation what was found or done, for example {@code users.missing} or {@code users.update}
 * @param differences field by field
 */
public record Finding(OutcomeKind kind, String operation, List<FieldDifference> differences) {}
