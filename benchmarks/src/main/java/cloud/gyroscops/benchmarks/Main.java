package cloud.gyroscops.benchmarks;

import cloud.gyroscops.benchmarks.kills.KillsBenchmark;
import cloud.gyroscops.benchmarks.mirror.MirrorBenchmark;
import cloud.gyroscops.benchmarks.read.ReadBenchmark;
import cloud.gyroscops.benchmarks.restore.RestoreBenchmark;
import cloud.gyroscops.benchmarks.views.ViewsBenchmark;
import cloud.gyroscops.benchmarks.write.WriteBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gyroscops bench}. */
@Command(
        name = "gyroscops bench",
        description = "Measures; every benchmark ends with one line of JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {
            WriteBenchmark.class,
            KillsBenchmark.class,
            RestoreBenchmark.class,
            ViewsBenchmark.class,
            ReadBenchmark.class,
            MirrorBenchmark.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var arguments = args.length == 0 ? new String[] {"--help"} : args;
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
