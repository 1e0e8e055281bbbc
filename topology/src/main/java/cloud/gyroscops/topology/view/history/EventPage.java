package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.EventMessage;
import java.util.List;
import java.util.Optional;

/**
 * Some events in order. There may be fewer than were wanted, and yet more to come, where many had to be passed over.
 *
 * @param next the cursor behind which there may be more; none if there is not
 */
public record EventPage(List<EventMessage> events, Optional<String> next) {}
