package cloud.gyroscops.standalone.town;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** All payments of the town side by side: while some are created, others are captured or given back. */
final class Trade implements Iterator<TownCommand> {

    private static final int LONGEST_PAUSE = 400;

    private final Town town;
    private final Population population;
    private final PriorityQueue<Step> ahead =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
    private int created;
    private long steps;

    /** A command at its place; order decides between several at one place. */
    private record Step(long at, long order, TownCommand command) {}

    Trade(Town town, Population population) {
        this.town = town;
        this.population = population;
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || created < town.payments();
    }

    @Override
    public TownCommand next() {
        while (created < town.payments() && (ahead.isEmpty() || ahead.peek().at() > created)) {
            created++;
            var pauses = Dice.of(town.seed(), "pauses", created);
            long at = created;
            for (var command : Purchase.commands(town, created, population)) {
                ahead.add(new Step(at, steps++, command));
                at += pauses.below(LONGEST_PAUSE);
            }
        }
        if (ahead.isEmpty()) {
            throw new NoSuchElementException();
        }
        return ahead.poll().command();
    }
}
