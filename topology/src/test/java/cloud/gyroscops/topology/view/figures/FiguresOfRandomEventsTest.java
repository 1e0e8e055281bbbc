package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures against the events, counted by hand. */
class FiguresOfRandomEventsTest {

    private static final long SEED = 20_260_101;
    private static final int COMMANDS = 4_000;

    @TempDir
    private Path directory;

    @Test
    void theFiguresOfRandomEventsAreThoseThatOneCounts() {
        var events = GeneratedEvents.of(SEED, COMMANDS);
        assertThat(events).hasSizeGreaterThan(2_000);
        try (var views = new RunningViews(directory, 2)) {
            for (int part = 0; part < 2; part++) {
                int end = (part + 1) * events.size() / 2;
                views.feed(events.subList(part * events.size() / 2, end));

                EveryQuestion.thenAnswered(views.figures(), new CountedEvents(events.subList(0, end)), SEED + part);
            }
        }
    }

    /** Topics are read one beside the other, and what was erased is gone from them. */
    @Test
    void figuresThatAreBuiltAgainFromWhatIsLeftAreTheSame() {
        var events = GeneratedEvents.of(SEED, COMMANDS);
        try (var views = new RunningViews(directory, 3)) {
            var left = LeftEvents.of(events, SEED);
            assertThat(left).hasSizeLessThan(events.size());
            views.feed(left);

            EveryQuestion.thenAnswered(views.figures(), new CountedEvents(events), SEED);
        }
    }
}
