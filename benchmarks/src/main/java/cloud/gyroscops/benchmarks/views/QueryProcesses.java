package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker, a command topology, and instances of the query API as processes of their own. */
final class QueryProcesses implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SIDES = 3;

    /** What comes between two commits and looks. */
    private static final int NEXT_TO_NOTHING = 100;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final EmbeddedKafka kafka;
    private final EmbeddedSchemaRegistry registry;
    private final Child commands;
    private final List<Child> instances = new ArrayList<>();
    private final List<URI> uris = new ArrayList<>();
    private final int partitions;
    private final int standbys;

    /** Of which none is started, but for the command topology. */
    QueryProcesses(int count, int partitions, int standbys, Path directory) throws IOException {
        this.partitions = partitions;
        this.standbys = standbys;
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", 0);
        var shared = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", registry.uri().toString(),
                "GYROSCOPS_PARTITIONS", Integer.toString(partitions),
                "GYROSCOPS_STANDBYS", Integer.toString(standbys),
                "GYROSCOPS_THREADS", "2");
        commands = child(
                cloud.gyroscops.topology.Main.class,
                "commands",
                Map.of("GYROSCOPS_STANDBYS", "0", "GYROSCOPS_HEALTH_PORT", "0"),
                shared,
                directory);
        for (int i = 0; i < count; i++) {
            int port = freePort();
            uris.add(URI.create("http://127.0.0.1:" + port));
            instances.add(child(
                    cloud.gyroscops.query.Main.class,
                    "query-" + i,
                    Map.of("GYROSCOPS_HTTP_PORT", Integer.toString(port)),
                    shared,
                    directory));
        }
        commands.start();
    }

    private static Child child(
            Class<?> main, String name, Map<String, String> own, Map<String, String> shared, Path directory) {
        var environment = new HashMap<>(shared);
        environment.putAll(own);
        environment.put("GYROSCOPS_STATE_DIR", directory.resolve(name).toString());
        return new Child(main, List.of(), environment, directory.resolve(name + ".log"));
    }

    void start(int instance) throws IOException {
        instances.get(instance).start();
    }

    /** As kill -9 does. */
    void kill(int instance) throws InterruptedException {
        instances.get(instance).kill();
    }

    URI uri(int instance) {
        return uris.get(instance);
    }

    /** Waits until it says that it is ready. */
    void awaitReady(int instance) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!ready(instance)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(uri(instance) + " is not ready within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Waits until every partition has been worked on for that long, and had its copies, which lacked next to nothing. */
    void awaitCopies(Duration calm) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long since = System.nanoTime();
        while (System.nanoTime() - since < calm.toNanos()) {
            if (!copied()) {
                since = System.nanoTime();
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not every partition has its copies within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    private boolean copied() throws InterruptedException {
        int working = 0;
        int copies = 0;
        try {
            for (int i = 0; i < uris.size(); i++) {
                for (var partition : views(i)) {
                    boolean copy = partition.path("role").asText().equals("STANDBY");
                    working += works(partition) ? 1 : 0;
                    copies += copy && partition.path("toLoadRecords").asLong(Long.MAX_VALUE) <= NEXT_TO_NOTHING ? 1 : 0;
                }
            }
        } catch (IOException stalled) {
            // Nobody knows what one has that does not answer in time.
            return false;
        }
        int all = SIDES * partitions;
        return working == all && copies >= all * standbys;
    }

    /** The one that works on most partitions. */
    int busiest() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return busiestNow();
            } catch (IOException stalled) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "not every instance tells its partitions within " + PATIENCE, stalled);
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private int busiestNow() throws IOException, InterruptedException {
        int busiest = 0;
        int most = -1;
        for (int i = 0; i < uris.size(); i++) {
            int works = 0;
            for (var partition : views(i)) {
                works += works(partition) ? 1 : 0;
            }
            if (works > most) {
                most = works;
                busiest = i;
            }
        }
        return busiest;
    }

    /** The partitions that an instance has something of. */
    private JsonNode views(int instance) throws IOException, InterruptedException {
        return JSON.readTree(health(instance).body()).path("views");
    }

    private static boolean works(JsonNode partition) {
        return partition.path("role").asText().equals("WORKING");
    }

    private boolean ready(int instance) throws InterruptedException {
        try {
            return health(instance).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private HttpResponse<String> health(int instance) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(instance).resolve("/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        instances.forEach(Child::close);
        commands.close();
        registry.close();
        kafka.close();
    }
}
