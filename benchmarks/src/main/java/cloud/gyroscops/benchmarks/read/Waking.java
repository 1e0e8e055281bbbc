package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * How long a server takes from its start until it answers.
 *
 * @param firstSeconds anything of the views
 * @param allSeconds something of every partition
 */
record Waking(double firstSeconds, double allSeconds) {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final long PAUSE_MS = 50;

    /** Starts it, and asks until everything asked for was answered once. */
    static Waking of(Child server, int port, List<String> paths) throws IOException, InterruptedException {
        long began = System.nanoTime();
        server.start();
        double first = 0;
        var asked = new ArrayList<>(paths);
        while (!asked.isEmpty()) {
            for (var path : List.copyOf(asked)) {
                if (answers(port, path)) {
                    asked.remove(path);
                    first = first == 0 ? seconds(began) : first;
                }
            }
            if (!server.alive() || seconds(began) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("not answered: " + asked + "; see " + server.log());
            }
            TimeUnit.MILLISECONDS.sleep(asked.isEmpty() ? 0 : PAUSE_MS);
        }
        return new Waking(first, seconds(began));
    }

    /** Paths that need every partition by id, and by organization those that an organization is in. */
    static List<String> paths(Population population, int partitions) {
        var paths = new ArrayList<String>();
        paths.addAll(oneOfEach(partitions, population.users(), Population::user, "/users/%s"));
        paths.addAll(oneOfEach(partitions, population.payments(), Population::payment, "/payments/%s"));
        paths.addAll(oneOfEach(
                partitions, population.organizations(), Population::organization, "/organizations/%s/users?limit=1"));
        return paths;
    }

    private static List<String> oneOfEach(int partitions, int count, IntFunction<String> ids, String path) {
        var paths = new ArrayList<String>();
        var reached = new HashSet<Integer>();
        for (int i = 0; i < count && reached.size() < partitions; i++) {
            if (reached.add(EventPartitioner.partition(ids.apply(i), partitions))) {
                paths.add(path.formatted(ids.apply(i)));
            }
        }
        return paths;
    }

    private static boolean answers(int port, String path) {
        try (var connection = new Connection(port)) {
            return connection.get(Connection.request(path)).good();
        } catch (IOException notListening) {
            return false;
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
