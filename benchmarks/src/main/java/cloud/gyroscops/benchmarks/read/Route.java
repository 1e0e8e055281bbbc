package cloud.gyroscops.benchmarks.read;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Something that is read.
 *
 * @param name for people and JSON
 * @param paths makes paths with parameters, another one each time
 */
record Route(String name, Supplier<String> paths) {

    private static final int REQUESTS = 5_000;
    private static final String YEAR_IN_PARIS = "?from=2025-01-01&to=2025-12-31&zone=Europe/Paris";

    private static final List<String> USERS = List.of(
            "",
            "?status=active&sort=username",
            "?q=mar",
            "?role=buyer&status=active&status=unverified&sort=email",
            "?sort=lastLoginAt&page=5");
    private static final List<String> PAYMENTS = List.of(
            "",
            "?status=COMPLETED&currency=EUR&sort=amount",
            "?q=par&minAmount=1000",
            "?status=FAILED&status=CANCELLED&createdFrom=2025-03-01T00:00:00Z&createdTo=2025-04-01T00:00:00Z",
            "?q=concert%20tic&sort=processedAt&page=3");
    private static final List<String> TYPED =
            List.of("sho", "concert ti", "cofee", "hotel%20room%20for%20mad", "insurence", "par", "order", "zuric");
    private static final List<String> STATISTICS = List.of("", "?from=2025-03-01&to=2025-03-31", YEAR_IN_PARIS);
    private static final List<String> ANALYTICS = List.of("", "?from=2025-02-01&to=2025-02-28", YEAR_IN_PARIS);

    /** All that is measured: by id, and the others in a small organization and in the big one. */
    static List<Route> all(Population population) {
        Supplier<String> small = () -> "/organizations/" + population.anySmallOrganization();
        Supplier<String> big = () -> "/organizations/" + population.bigOrganization();
        return List.of(
                new Route("user", () -> "/users/" + population.anyUser()),
                new Route("payment", () -> "/payments/" + population.anyPayment()),
                with("users, small", small, "/users", USERS),
                with("users, big", big, "/users", USERS),
                with("payments, small", small, "/payments", PAYMENTS),
                with("payments, big", big, "/payments", PAYMENTS),
                new Route("suggestions, small", () -> small.get() + suggestions()),
                new Route("suggestions, big", () -> big.get() + suggestions()),
                with("statistics, small", small, "/payments/statistics", STATISTICS),
                with("statistics, big", big, "/payments/statistics", STATISTICS),
                with("dashboard, small", small, "/payments/dashboard", List.of("")),
                with("dashboard, big", big, "/payments/dashboard", List.of("")),
                with("analytics, small", small, "/users/analytics", ANALYTICS),
                with("analytics, big", big, "/users/analytics", ANALYTICS));
    }

    private static Route with(String name, Supplier<String> organization, String path, List<String> queries) {
        return new Route(name, () -> organization.get() + path + any(queries));
    }

    private static String suggestions() {
        return "/payments/suggestions?q=" + any(TYPED).replace(" ", "%20");
    }

    private static String any(List<String> choices) {
        return choices.get(ThreadLocalRandom.current().nextInt(choices.size()));
    }

    /** One of a single aggregate. */
    boolean byId() {
        return name.equals("user") || name.equals("payment");
    }

    /** Whether it is to be answered within 20 ms. */
    boolean bounded() {
        return !byId() && !name.startsWith("dashboard") && !name.startsWith("analytics");
    }

    /** Requests of all kinds, made before anything is measured. */
    byte[][] requests() {
        var requests = new byte[REQUESTS][];
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = Connection.request(paths.get());
        }
        return requests;
    }
}
