package cloud.gyroscops.benchmarks.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;

/** Figures of the mix, for people and as JSON. */
final class MixReport {

    private MixReport() {}

    static void print(MixSettings settings, MixFigures figures, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%n%-12s %12s %9s   at %d/s for %d s: %9s %9s %9s%n",
                "",
                "commands/s",
                "µs CPU",
                settings.rate(),
                settings.seconds(),
                "p50 ms",
                "p99 ms",
                "p99.9 ms");
        for (var kind : settings.kinds()) {
            var median = figures.median(kind);
            out.printf(
                    Locale.ROOT,
                    "%-12s %,12.0f %9.1f   %22s %9.1f %9.1f %9.1f%n",
                    kind,
                    median.perSecond(),
                    median.cpuMicros(),
                    "",
                    figures.millis(kind, 50),
                    figures.millis(kind, 99),
                    figures.millis(kind, 99.9));
        }
        out.println();
        figures.aims().forEach(out::println);
        out.println();
    }

    static void write(MixSettings settings, MixFigures figures, ObjectNode json) {
        var measured = json.putObject("settings")
                .put("commands", settings.commands())
                .put("rounds", settings.rounds())
                .put("rate", settings.rate())
                .put("seconds", settings.seconds())
                .put("threads", settings.threads())
                .put("partitions", settings.partitions())
                .put("commitIntervalMs", settings.commitIntervalMs())
                .put("rememberedUsers", Mix.REMEMBERED_USERS);
        if (!settings.warmUp()) {
            measured.put("warmUp", false);
        }
        var kinds = json.putObject("kinds");
        for (var kind : settings.kinds()) {
            var median = figures.median(kind);
            var one = kinds.putObject(kind.label())
                    .put("commandsPerSecond", Math.round(median.perSecond()))
                    .put("cpuMicrosPerCommand", tenths(median.cpuMicros()));
            var rounds = one.putArray("rounds");
            figures.rounds(kind).forEach(round -> rounds.add(Math.round(round.perSecond())));
            one.put("p50Ms", tenths(figures.millis(kind, 50)))
                    .put("p99Ms", tenths(figures.millis(kind, 99)))
                    .put("p999Ms", tenths(figures.millis(kind, 99.9)))
                    .put("measured", figures.latency(kind).getTotalCount());
        }
        var aims = json.putArray("aims");
        figures.aims().forEach(aim -> aim.writeTo(aims.addObject()));
    }

    private static double tenths(double figure) {
        return Math.round(figure * 10) / 10.0;
    }
}
