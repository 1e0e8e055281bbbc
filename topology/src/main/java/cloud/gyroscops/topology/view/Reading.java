package cloud.gyroscops.topology.view;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one request, on one thread, has got to know of the copies that answered it: how stale they were; which versions it
 * saw in which partition, so that no other copy answers it that has not come as far; and, where its client takes that, which
 * partitions its answer lacks.
 */
public final class Reading implements AutoCloseable {

    private static final ThreadLocal<Reading> CURRENT = new ThreadLocal<>();
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::side).thenComparing(Place::partition);

    private final Map<Place, Set<Token>> seen = new HashMap<>();
    private final ViewInstance views;
    private final Set<Place> missing = new TreeSet<>(ORDER);
    private Staleness worst;
    private boolean allowsPartial;

    private Reading(ViewInstance views) {
        this.views = views;
    }

    /** Begins one on this thread; what was forgotten there ends. */
    public static Reading begin() {
        return begin(null);
    }

    /** The same, of these views from its beginning to its end, whichever ones others read. */
    public static Reading begin(ViewInstance views) {
        var reading = new Reading(views);
        CURRENT.set(reading);
        return reading;
    }

    /** The one that this thread is at; a new one that nobody keeps if there is none. */
    public static Reading current() {
        var reading = CURRENT.get();
        return reading == null ? new Reading(null) : reading;
    }

    /** The views that it is bound to, if it is to any. */
    Optional<ViewInstance> views() {
        return Optional.ofNullable(views);
    }

    /** How far the copies that answered were behind at most; empty if all answers came from where partitions are worked on. */
    public Optional<Staleness> staleness() {
        return Optional.ofNullable(worst);
    }

    /** From here on, what nobody can answer for is left out of sums and lists over all partitions. */
    public void allowPartial() {
        allowsPartial = true;
    }

    /** Whether that was said. */
    public boolean allowsPartial() {
        return allowsPartial;
    }

    /** What the answer lacks; nothing, unless that was allowed. */
    public Set<Place> missing() {
        return Collections.unmodifiableSet(missing);
    }

    void lacks(Place place) {
        if (allowsPartial) {
            missing.add(place);
        }
    }

    void note(Staleness staleness) {
        worst = worst == null ? staleness : worst.or(staleness);
    }

    void saw(Place place, Token token) {
        seen.computeIfAbsent(place, none -> new HashSet<>()).add(token);
    }

    List<Token> seen(Place place) {
        return seen.isEmpty() ? List.of() : List.copyOf(seen.getOrDefault(place, Set.of()));
    }

    @Override
    public void close() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
    }
}
