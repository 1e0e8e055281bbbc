package cloud.gyroscops.connectors.stripe.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What goes wrong, on demand. */
public final class Faults {

    private record Planned(Fault fault, String path) {}

    private final Random random;
    private final List<Planned> planned = new ArrayList<>();
    private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
    private boolean down;

    Faults(long seed) {
        random = new Random(seed);
    }

    /** The next calls go wrong like this, before any that were planned for later. */
    public Faults next(Fault fault, int calls) {
        return next(fault, calls, "/");
    }

    /** The next calls whose path begins like this, for example {@code /v1/refunds}, go wrong like this. */
    public synchronized Faults next(Fault fault, int calls, String path) {
        for (int i = 0; i < calls; i++) {
            planned.add(new Planned(fault, path));
        }
        return this;
    }

    /**
     * From now on calls go wrong like this by chance.
     *
     * @param probability from 0 to 1; the sum over all faults is at most 1
     */
    public synchronized Faults probability(Fault fault, double probability) {
        probabilities.put(fault, probability);
        double sum =
                probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
        if (probability < 0 || sum > 1) {
            probabilities.remove(fault);
            throw new IllegalArgumentException("the probability of " + fault + " is " + probability
                    + "; each must be from 0 to 1, and their sum at most 1");
        }
        return this;
    }

    /** From now on nobody is served, or everybody again. */
    public synchronized Faults down(boolean nobodyIsServed) {
        down = nobodyIsServed;
        return this;
    }

    /** From now on all goes well. */
    public synchronized void none() {
        planned.clear();
        probabilities.clear();
        down = false;
    }

    synchronized Optional<Fault> draw(String path) {
        if (down) {
            return Optional.of(Fault.DROP_BEFORE_EFFECT);
        }
        for (var each : planned) {
            if (path.startsWith(each.path())) {
                planned.remove(each);
                return Optional.of(each.fault());
            }
        }
        if (probabilities.isEmpty()) {
            return Optional.empty();
        }
        double drawn = random.nextDouble();
        for (var entry : probabilities.entrySet()) {
            drawn -= entry.getValue();
            if (drawn < 0) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
