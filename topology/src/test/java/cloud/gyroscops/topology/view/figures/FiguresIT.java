package cloud.gyroscops.topology.view.figures;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link FiguresOfRandomEventsTest} shows, of many more events: of those of 100,000 commands with
 * {@code -Dfigures.commands=100000}, which takes minutes.
 */
class FiguresIT {

    private static final long SEED = 4;
    private static final int COMMANDS = Integer.getInteger("figures.commands", 30_000);

    @TempDir
    private Path directory;

    @Test
    void theFiguresOfRandomCommandsAreThoseThatOneCountsAlsoWhereTheyAreBuiltAgain() {
        var events = GeneratedEvents.of(SEED, COMMANDS);
        var counted = new CountedEvents(events);
        try (var views = new RunningViews(directory.resolve("views"), "views", 2)) {
            views.feed(events);

            EveryQuestion.thenAnswered(views.figures(), counted, SEED);
        }
        try (var again = new RunningViews(directory.resolve("again"), "views-again", 3)) {
            again.feed(LeftEvents.of(events, SEED));

            EveryQuestion.thenAnswered(again.figures(), counted, SEED);
        }
    }
}
