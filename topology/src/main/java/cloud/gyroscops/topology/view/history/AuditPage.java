package cloud.gyroscops.topology.view.history;

import java.util.List;
import java.util.Optional;

/**
 * A part of an aggregate's audit trail, in order.
 *
 * @param next from where on there is more; none if there is not
 */
public record AuditPage(List<AuditEntry> entries, Optional<AuditPlace> next) {}
