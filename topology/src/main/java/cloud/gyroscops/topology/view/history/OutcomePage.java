package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Some of what mirrors made of an aggregate, in the order of time.
 *
 * @param next the cursor from which on there is more; none if there is not
 */
public record OutcomePage(List<MirrorOutcome> outcomes, Optional<String> next) {}
