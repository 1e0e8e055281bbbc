package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all routes of a server that runs, beside bare ones in a process that is started for that. */
final class Routes {

    /** Enough to know how large answers are. */
    private static final double SHORTEST_WARM_UP = 0.1;

    private final ReadSettings settings;
    private final Servers servers;
    private final int port;
    private final int barePort;
    private final PrintWriter out;

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
    private List<Long> warmUp(Load load, Map<Route, byte[][]> requests) throws InterruptedException {
        double seconds = Math.max(SHORTEST_WARM_UP, settings.warmUpSeconds() / requests.size());
        var sizes = new ArrayList<Long>();
        for (var each : requests.entrySet()) {
            var seen = load.most(each.getValue(), seconds);
            if (seen.failed() > 0) {
                throw new IllegalStateException(each.getKey().name() + ": " + seen.failed()
                        + " answers were not 200, even without a load before");
            }
            sizes.add(Math.round(seen.bytes()));
        }
        return sizes;
    }

    private List<RouteFigures> measure(Load load, Load bareLoad, Map<Route, byte[][]> requests, List<Long> sizes)
            throws InterruptedException {
        double seconds = settings.seconds();
        var figures = new ArrayList<RouteFigures>();
        for (var each : requests.entrySet()) {
            var bare = bareRequests(figures.size());
            var rounds = new ArrayList<RouteFigures.Round>();
            for (int round = 0; round < settings.rounds(); round++) {
                var bareMost = bareLoad.most(bare, seconds);
                var most = load.most(each.getValue(), seconds);
                double rate = Math.max(1, most.perSecond() / 2);
                var half = load.at(rate, each.getValue(), seconds);
                rounds.add(new RouteFigures.Round(most, bareMost, half, bareLoad.at(rate, bare, seconds)));
            }
            var measured = new RouteFigures(each.getKey(), sizes.get(figures.size()), rounds);
            figures.add(measured);
            out.println(measured);
            out.flush();
        }
        return figures;
    }

    private static byte[][] bareRequests(int number) {
        return new byte[][] {Connection.request("/" + number)};
    }
}
