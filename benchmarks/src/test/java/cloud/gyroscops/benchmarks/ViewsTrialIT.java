package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.views.Reads.Outcome;
import cloud.gyroscops.benchmarks.views.Trial;
import cloud.gyroscops.benchmarks.views.ViewsSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three query processes, of which one is killed under load: the short form of {@code bench views}. */
final class ViewsTrialIT {

    @TempDir
    private Path directory;

    @Test
    void killedOneOfThreeInstancesLeavesReadsAnsweredAndNoneWrong() throws Exception {
        var settings = new ViewsSettings(3, 40, 60, 5, 8, false, List.of());

        var phases = new Trial(settings, directory, new PrintWriter(System.out, true)).run();

        assertThat(phases).containsOnlyKeys("steady", "one killed", "back again");
        assertThat(phases.values()).allSatisfy(phase -> {
            assertThat(phase.plain().count(Outcome.WRONG)).isZero();
            assertThat(phase.withToken().count(Outcome.WRONG)).isZero();
            // How little is lost is measured by the benchmark; here others use the machine, too.
            assertThat(phase.plain().answered()).isGreaterThan(99);
        });
        assertThat(phases.get("steady").withToken().answered()).isEqualTo(100);
        assertThat(phases.get("one killed").plain().count(Outcome.STALE))
                .as("what the killed one worked on, copies answer")
                .isPositive();
    }
}
