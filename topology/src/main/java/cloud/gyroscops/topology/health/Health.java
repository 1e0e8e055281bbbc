package cloud.gyroscops.topology.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What this process is judged by.
 *
 * @param alive by name: what must hold, or the process should be restarted
 * @param ready by name: what must hold before it gets requests
 */
public record Health(Map<String, BooleanSupplier> alive, Map<String, BooleanSupplier> ready) {

    /**
     * How it is.
     *
     * @param well whether all holds
     * @param json {@code {"status":"UP","checks":{"views":true}}}; DOWN: something does not hold
     */
    public record Verdict(boolean well, String json) {

        /** 200 if all is well, else 503. */
        public int status() {
            return well ? 200 : 503;
        }
    }

    /** Keeps the order of names, which are plain words. */
    public Health {
        alive = new TreeMap<>(alive);
        ready = new TreeMap<>(ready);
    }

    /** Whether it lives. */
    public Verdict live() {
        return verdict(alive);
    }

    /** Whether it is ready. */
    public Verdict readiness() {
        return verdict(ready);
    }

    private static Verdict verdict(Map<String, BooleanSupplier> checks) {
        var held = new TreeMap<String, Boolean>();
        checks.forEach((name, check) -> held.put(name, check.getAsBoolean()));
        boolean well = !held.containsValue(false);
        var details = held.entrySet().stream()
                .map(check -> "\"" + check.getKey() + "\":" + check.getValue())
                .collect(Collectors.joining(","));
        return new Verdict(well, "{\"status\":\"" + (well ? "UP" : "DOWN") + "\",\"checks\":{" + details + "}}");
    }
}
