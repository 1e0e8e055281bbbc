package cloud.gyroscops.standalone.load;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The aggregates with commands that are not answered yet. */
final class Outstanding {

    private static final long LOOK_AGAIN_MS = 100;

    private final Map<String, Integer> commands = new HashMap<>();

    synchronized void sent(String aggregate) {
        commands.merge(aggregate, 1, Integer::sum);
    }

    synchronized void answered(String aggregate) {
        if (commands.computeIfPresent(aggregate, (key, count) -> count == 1 ? null : count - 1) == null) {
            notifyAll();
        }
    }

    /** Returns when all that was sent for these is answered, or there is no point in waiting. */
    synchronized void await(Collection<String> aggregates, BooleanSupplier pointless) throws InterruptedException {
        while (aggregates.stream().anyMatch(commands::containsKey) && !pointless.getAsBoolean()) {
            wait(LOOK_AGAIN_MS);
        }
    }
}
