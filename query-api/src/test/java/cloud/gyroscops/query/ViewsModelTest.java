package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.model.Query;
import cloud.gyroscops.query.model.RandomQueries;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.view.history.EventTypes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random commands of all types, and after each of them every view as the server answers it, with the token of the command,
 * against a plain model: command topology, view topology and routes, without a broker. Other commands, or more of them:
 * {@code -Dviews.model.seed=7 -Dviews.model.steps=3000}.
 */
class ViewsModelTest {

    private static final long SEED = Long.getLong("views.model.seed", 20_260_101);
    private static final int STEPS = Integer.getInteger("views.model.steps", 200);

    @TempDir
    private Path directory;

    @Test
    void afterEveryCommandEveryViewIsWhatAPlainModelSays() {
        try (var run = new ModelledRun(SEED, directory.resolve("views"))) {
            var queries = new RandomQueries(SEED, run.story());
            for (int step = 0; step < STEPS; step++) {
                var command = run.step();
                ask(
                        run,
                        step,
                        queries.toEachView(aggregate(command), command.header().getAggregateId()));
            }
            ask(run, STEPS - 1, queries.everything());
        }
    }

    @Test
    void viewsThatAreBuiltAgainFromWhatIsLeftAreTheSame() {
        try (var run = new ModelledRun(SEED + 1, directory.resolve("views"))) {
            for (int step = 0; step < 4 * STEPS; step++) {
                run.step();
            }
            assertThat(run.story().all().stream()
                            .map(event -> event.payload().getSchema().getName())
                            .distinct())
                    .as("what happened")
                    .hasSizeGreaterThan(EventTypes.byName().size() - 2);

            run.askAgain(directory.resolve("again"), "views-again", new RandomQueries(SEED, run.story()).everything());
        }
    }

    private void ask(ModelledRun run, int step, List<Query> queries) {
        for (var query : queries) {
            try {
                run.ask(query);
            } catch (Query.WrongAnswer wrong) {
                throw first(step, wrong);
            }
        }
    }

    /** What was answered wrong is asked after each command of another run: the first wrong answer is told. */
    private AssertionError first(int last, Query.WrongAnswer wrong) {
        try (var again = new ModelledRun(SEED, directory.resolve("first"))) {
            for (int step = 0; step <= last; step++) {
                var command = again.step();
                try {
                    again.ask(wrong.query());
                } catch (Query.WrongAnswer first) {
                    return told(step, command, first);
                }
            }
        }
        return wrong;
    }

    private static AssertionError told(int step, CommandMessage command, AssertionError wrong) {
        var type = command.payload().getSchema().getName();
        return new AssertionError(
                "seed " + SEED + ", wrong from command " + step + " on: " + type + command + "\n" + wrong.getMessage(),
                wrong);
    }

    private static Aggregate aggregate(CommandMessage command) {
        return Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
    }
}
