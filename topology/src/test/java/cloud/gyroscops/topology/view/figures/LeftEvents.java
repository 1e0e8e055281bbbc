package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.EventMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** What another application finds in the topics later, which it reads one beside the other. */
final class LeftEvents {

    private LeftEvents() {}

    /** Without what was erased, and in order for each aggregate alone. */
    static List<EventMessage> of(List<EventMessage> events, long seed) {
        var erased = events.stream()
                .filter(event -> event.payload() instanceof UserErased)
                .map(LeftEvents::id)
                .collect(Collectors.toSet());
        Map<String, List<EventMessage>> byId = new HashMap<>();
        for (var event : events) {
            if (event.payload() instanceof UserErased || !erased.contains(id(event))) {
                byId.computeIfAbsent(id(event), id -> new ArrayList<>()).add(event);
            }
        }
        var ids = new ArrayList<>(byId.keySet());
        Collections.sort(ids);
        Collections.shuffle(ids, new Random(seed));
        return ids.stream().flatMap(id -> byId.get(id).stream()).toList();
    }

    private static String id(EventMessage event) {
        return event.header().getAggregateId();
    }
}
