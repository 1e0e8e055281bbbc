package cloud.gyroscops.topology.view;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where each partition stood at the last look that found out. */
final class Standings {

    /** Read with every answer, and so without a lock. */
    private final Map<Place, Standing> latest = new ConcurrentHashMap<>();

    private final Set<Place> forgotten = new HashSet<>();

    /** A look begins. */
    synchronized void begin() {
        forgotten.clear();
    }

    /** A store is about to be closed: the next one under its name may be empty, whatever the look that runs has found. */
    synchronized void forget(Place place) {
        latest.remove(place);
        forgotten.add(place);
    }

    /**
     * A look ends.
     *
     * @param places all that are to be had here
     * @param found some of them; what was known of the others stays
     */
    synchronized void keep(Collection<Place> places, Map<Place, Standing> found) {
        latest.keySet().retainAll(places);
        found.forEach((place, standing) -> {
            if (!forgotten.contains(place)) {
                latest.merge(place, standing, Standing::next);
            }
        });
    }

    Optional<Standing> of(Place place) {
        return Optional.ofNullable(latest.get(place));
    }
}
