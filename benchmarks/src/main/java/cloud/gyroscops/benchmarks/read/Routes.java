package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Measures all routes of a server that runs, beside bare ones in a process that is started for that. */
final class Routes {

    /** Enough to know how large answers are. */
    private static final double SHORTEST_WARM_UP = 0.1;

    private static final int REPEATS = 3;

    /** So that a server whose session has ended, since the machine had stalled, is back in its group. */
    private static final long SECONDS_BEFORE_REPEAT = 5;

    private final ReadSettings settings;
    private final Servers servers;
    private final int port;
    private final int barePort;
    private final PrintWriter out;
    private int repeats;

    Routes(ReadSettings settings, Servers servers, int port, int barePort, PrintWriter out) {
        this.settings = settings;
        this.servers = servers;
        this.port = port;
        this.barePort = barePort;
        this.out = out;
    }

    List<RouteFigures> measure() throws IOException, InterruptedException {
        var routes = settings.measured();
        var requests = new LinkedHashMap<Route, byte[][]>();
        routes.forEach(route -> requests.put(route, route.requests()));
        List<Long> sizes;
        try (var load = new Load(port, settings.connections())) {
            sizes = warmUp(load, requests);
        }
        try (Child bare = servers.bare(barePort, sizes)) {
            Waking.of(bare, barePort, List.of("/0"));
            try (var bareLoad = new Load(barePort, settings.connections())) {
                for (int i = 0; i < sizes.size(); i++) {
                    bareLoad.most(bareRequests(i), Math.max(SHORTEST_WARM_UP, settings.warmUpSeconds() / sizes.size()));
                }
                // The server has closed the connections of its warm-up meanwhile, which were idle.
                try (var load = new Load(port, settings.connections())) {
                    return measure(load, bareLoad, requests, sizes);
                }
            }
        }
    }

    /** How large the answers are. */
    private List<Long> warmUp(Load load, Map<Route, byte[][]> requests) throws IOException, InterruptedException {
        double seconds = Math.max(SHORTEST_WARM_UP, settings.warmUpSeconds() / requests.size());
        var sizes = new ArrayList<Long>();
        for (var each : requests.entrySet()) {
            var seen = repeated(
                    each.getKey(), () -> load.most(each.getValue(), seconds), Measurement::failed, List.of(load));
            if (seen.failed() > 0) {
                throw new IllegalStateException(each.getKey().name() + ": " + seen.failed()
                        + " answers were not 200, even without a load before");
            }
            sizes.add(Math.round(seen.bytes()));
        }
        return sizes;
    }

    private List<RouteFigures> measure(Load load, Load bareLoad, Map<Route, byte[][]> requests, List<Long> sizes)
            throws IOException, InterruptedException {
        var figures = new ArrayList<RouteFigures>();
        for (var each : requests.entrySet()) {
            var bare = bareRequests(figures.size());
            var rounds = new ArrayList<RouteFigures.Round>();
            int before = repeats;
            for (int round = 0; round < settings.rounds(); round++) {
                rounds.add(repeated(
                        each.getKey(),
                        () -> round(load, each.getValue(), bareLoad, bare),
                        RouteFigures.Round::failed,
                        List.of(load, bareLoad)));
            }
            var measured = new RouteFigures(each.getKey(), sizes.get(figures.size()), rounds, repeats - before);
            figures.add(measured);
            out.println(measured);
            out.flush();
        }
        return figures;
    }

    private RouteFigures.Round round(Load load, byte[][] requests, Load bareLoad, byte[][] bare)
            throws InterruptedException {
        double seconds = settings.seconds();
        var bareMost = bareLoad.most(bare, seconds);
        var most = load.most(requests, seconds);
        double rate = Math.max(1, most.perSecond() / 2);
        var half = load.at(rate, requests, seconds);
        return new RouteFigures.Round(most, bareMost, half, bareLoad.at(rate, bare, seconds));
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws InterruptedException;
    }

    /** What was measured last: what fails because the machine has stalled passes, and what fails for good shows still. */
    private <T> T repeated(Route route, Attempt<T> attempt, ToLongFunction<T> failed, List<Load> loads)
            throws IOException, InterruptedException {
        T measured = attempt.make();
        for (int repeat = 0; repeat < REPEATS && failed.applyAsLong(measured) > 0; repeat++) {
            repeats++;
            out.printf(Locale.ROOT, "%s: %d FAILED; once more%n", route.name(), failed.applyAsLong(measured));
            out.flush();
            TimeUnit.SECONDS.sleep(SECONDS_BEFORE_REPEAT);
            for (var load : loads) {
                load.connectAnew();
            }
            measured = attempt.make();
        }
        return measured;
    }

    private static byte[][] bareRequests(int number) {
        return new byte[][] {Connection.request("/" + number)};
    }
}
