package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.benchmarks.report.Circumstances;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** {@code bench write --mix}: all kinds in one run, on one topology. */
final class Mix {

    static final int REMEMBERED_USERS = 5;

    private static final IntFunction<String> NOBODY = i -> null;

    private final Bench bench;
    private final MixSettings settings;
    private final PrintWriter out;
    private final MixFigures figures = new MixFigures();
    private final List<String> remembered;
    /** The batch of users that no payment has named yet; null: there is none. */
    private String unseen;

    private Mix(Bench bench, MixSettings settings, PrintWriter out) {
        this.bench = bench;
        this.settings = settings;
        this.out = out;
        remembered = IntStream.range(0, REMEMBERED_USERS)
                .mapToObj(i -> "remembered-" + i)
                .toList();
    }

    /** Measures, and prints a table and one line of JSON. */
    static void run(MixSettings settings, Path directory, PrintWriter out) throws Exception {
        var json = new ObjectMapper().createObjectNode().put("benchmark", "write-mix");
        Circumstances.writeTo(json);
        try (var bench = new Bench(directory, settings.partitions(), settings.threads(), settings.commitIntervalMs())) {
            var mix = new Mix(bench, settings, out);
            mix.measure();
            MixReport.print(settings, mix.figures, out);
            MixReport.write(settings, mix.figures, json);
        }
        out.println(json);
        out.flush();
    }

    private void measure() throws InterruptedException {
        var installation = bench.installation("mix-");
        try (var application = CommandApplication.of(
                installation,
                bench.streams("mix-commands"),
                CommandSettings.DEFAULT,
                new SimpleMeterRegistry(),
                List.of())) {
            application.start();
            bench.organize(installation);
            try (var backlog = new Backlog(bench, installation, application)) {
                backlog.drain(Kind.USER, "remembered", REMEMBERED_USERS, NOBODY);
                for (int round = settings.firstRound(); round <= settings.rounds(); round++) {
                    round(backlog, round);
                }
                if (settings.kinds().contains(Kind.UNSEEN)) {
                    backlog.drain(Kind.USER, "streamed", settings.streamed(), NOBODY);
                }
            }
            figures.add(stream(installation).measure(settings.rate(), settings.warmUpSeconds(), settings.seconds()));
        }
    }

    /** Every kind once; another one begins each time, so that none always comes after the same one. */
    private void round(Backlog backlog, int round) {
        var kinds = new ArrayList<>(settings.kinds());
        Collections.rotate(kinds, -round);
        out.printf("%-8s", round == 0 ? "warm-up" : "round " + round);
        for (var kind : kinds) {
            var drain = drain(backlog, kind, "r" + round);
            out.printf(Locale.ROOT, "   %s %,.0f/s", kind, drain.perSecond());
            out.flush();
            if (round > 0) {
                figures.add(kind, drain);
            }
        }
        out.println();
        out.flush();
    }

    private Drain drain(Backlog backlog, Kind kind, String round) {
        var batch = round + "-" + kind;
        if (kind == Kind.REMEMBERED) {
            backlog.remind(round + "-reminder", remembered, settings.partitions());
        }
        if (kind == Kind.UNSEEN && unseen == null) {
            unseen = round + "-unseen-users";
            backlog.drain(Kind.USER, unseen, settings.commands(), NOBODY);
        }
        var drain = backlog.drain(kind, batch, settings.commands(), users(kind, unseen));
        if (kind == Kind.UNSEEN) {
            unseen = null;
        } else if (kind == Kind.USER) {
            unseen = batch;
        }
        return drain;
    }

    private IntFunction<String> users(Kind kind, String batch) {
        return switch (kind) {
            case REMEMBERED -> i -> remembered.get(i % remembered.size());
            case UNSEEN -> i -> batch + "-" + i;
            case PLAIN, USER, ORGANIZATION -> NOBODY;
        };
    }

    private MixedStream stream(Installation installation) {
        return new MixedStream(
                bench,
                installation,
                settings.kinds(),
                Map.of(Kind.REMEMBERED, users(Kind.REMEMBERED, null), Kind.UNSEEN, users(Kind.UNSEEN, "streamed")));
    }
}
