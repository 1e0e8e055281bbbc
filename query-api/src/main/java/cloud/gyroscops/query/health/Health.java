package cloud.gyroscops.query.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What this process is judged by.
 *
 * @param alive by name: what must hold, or the process should be restarted
 * @param ready by name: what must hold before it gets requests
 */
public record Health(Map<String, BooleanSupplier> alive, Map<String, BooleanSupplier> ready) {

    /** Keeps the order of names. */
    public Health {
        alive = new TreeMap<>(alive);
        ready = new TreeMap<>(ready);
    }
}
