package cloud.gyroscops.topology.view.figures;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link FiguresOfRandomEventsTest} shows, of many more events. */
class FiguresIT {

    private static final long SEED = 4;
    private static final int COMMANDS = 100_000;

    @TempDir
    private Path directory;

    @Test
    void theFiguresOfAHundredThousandRandomCommandsAreThoseThatOneCounts() {
        var events = GeneratedEvents.of(SEED, COMMANDS);
        try (var views = new RunningViews(directory, 2)) {
            views.feed(events);

            EveryQuestion.thenAnswered(views.figures(), new CountedEvents(events), SEED);
        }
    }
}
