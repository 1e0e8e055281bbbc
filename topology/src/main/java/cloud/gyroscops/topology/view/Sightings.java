package cloud.gyroscops.topology.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** When versions were first seen in copies. One that is forgotten is seen again, only later. */
final class Sightings {

    private static final int MOST = 10_000;

    private final Map<Sighting, Long> first = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sighting, Long> eldest) {
            return size() > MOST;
        }
    };

    private record Sighting(Place place, Token token) {}

    /** The time at which it was seen first: now, if it was not. */
    synchronized long of(Place place, Token token) {
        return first.computeIfAbsent(new Sighting(place, token), now -> System.nanoTime());
    }
}
