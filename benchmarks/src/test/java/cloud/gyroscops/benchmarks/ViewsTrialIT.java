package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.views.Kind;
import cloud.gyroscops.benchmarks.views.Reads.Outcome;
import cloud.gyroscops.benchmarks.views.Trial;
import cloud.gyroscops.benchmarks.views.ViewsSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three query processes, of which one is killed under load: the short form of {@code bench views}. */
final class ViewsTrialIT {

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    void killedOneOfThreeInstancesLeavesReadsAnsweredAndNoneWrong() throws Exception {
        var settings = new ViewsSettings(3, 20, 60, 5, 8, 1, 1, false);

        var phases = new Trial(settings, directory, new PrintWriter(System.out, true)).run();

        assertThat(phases).containsOnlyKeys("steady", "killed 1", "back 1");
        assertThat(phases.values()).allSatisfy(phase -> {
            assertThat(phase.all()
                            .mapToLong(reads -> reads.count(Outcome.WRONG))
                            .sum())
                    .isZero();
            // How little is lost is measured by the benchmark; here others use the machine, too.
            assertThat(phase.plain(Kind.BY_ID).answered()).isGreaterThan(99);
        });
        assertThat(phases.get("steady").withToken(Kind.BY_ID).answered()).isEqualTo(100);
        assertThat(phases.get("killed 1").plain(Kind.BY_ID).count(Outcome.STALE))
                .as("what the killed one worked on, copies answer")
                .isPositive();
    }
}
