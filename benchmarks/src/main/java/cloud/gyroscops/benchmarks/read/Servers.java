package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.benchmarks.process.Directories;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes that are measured, all of the same kind: what serves views, the skeleton of its topology, and the bare route. */
final class Servers {

    private final List<String> machine;
    private final Map<String, String> environment;
    private final Path directory;

    Servers(int heapMiB, Map<String, String> environment, Path directory) {
        this.machine = List.of("-Xms" + heapMiB + "m", "-Xmx" + heapMiB + "m", "-XX:+UseG1GC");
        this.environment = environment;
        this.directory = directory;
    }

    /** The whole query API. */
    Child views(int port) {
        return child(
                cloud.gyroscops.query.Main.class,
                "views",
                List.of(),
                Map.of("GYROSCOPS_HTTP_PORT", Integer.toString(port)));
    }

    Child skeleton(Population population, Sizes sizes) {
        return child(SkeletonMain.class, "skeleton", SkeletonMain.arguments(population, sizes), Map.of());
    }

    /** One route for each size. */
    Child bare(int port, List<Long> sizes) {
        var arguments = Stream.concat(Stream.of((long) port), sizes.stream())
                .map(Object::toString)
                .toList();
        return child(BareServer.class, "bare", arguments, Map.of());
    }

    private Child child(Class<?> main, String name, List<String> arguments, Map<String, String> more) {
        var variables = new HashMap<>(environment);
        variables.putAll(more);
        variables.put("GYROSCOPS_STATE_DIR", state(name).toString());
        return new Child(main, machine, arguments, variables, directory.resolve(name + ".log"));
    }

    private Path state(String name) {
        return directory.resolve(name);
    }

    /** Deletes the stores of one that does not run. */
    void loseState(String name) throws IOException {
        Directories.delete(state(name));
    }

    /** So many free ports. */
    static List<Integer> ports(int count) throws IOException {
        var sockets = new ServerSocket[count];
        try {
            for (int i = 0; i < count; i++) {
                sockets[i] = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            }
            return IntStream.range(0, count)
                    .mapToObj(i -> sockets[i].getLocalPort())
                    .toList();
        } finally {
            for (var socket : sockets) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }
}
