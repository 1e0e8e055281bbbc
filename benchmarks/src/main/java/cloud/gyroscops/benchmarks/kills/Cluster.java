package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Kafka brokers as processes. */
final class Cluster implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Child> brokers = new ArrayList<>();
    private final String bootstrapServers;

    Cluster(int nodes, Path directory) throws Exception {
        var ports = freePorts(2 * nodes);
        var id = Uuid.randomUuid().toString();
        for (int node = 1; node <= nodes; node++) {
            var name = "broker-" + node;
            var arguments = new ArrayList<String>(
                    List.of(id, Integer.toString(node), directory.resolve(name).toString()));
            ports.forEach(port -> arguments.add(Integer.toString(port)));
            brokers.add(new Child(Broker.class, arguments, Map.of(), directory.resolve(name + ".log")));
        }
        bootstrapServers = IntStream.range(0, nodes)
                .mapToObj(node -> HOST + ":" + ports.get(2 * node))
                .collect(Collectors.joining(","));
        for (var broker : brokers) {
            broker.start();
        }
        awaitAll(() -> true);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    int size() {
        return brokers.size();
    }

    /** One of them; the first is number 0. */
    Child broker(int number) {
        return brokers.get(number);
    }

    /** Waits until all brokers are there and every partition has all its replicas in sync. */
    void awaitInSync() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            awaitAll(() -> admin
                    .describeTopics(admin.listTopics().names().get(5, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(5, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size()));
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private void awaitAll(Condition more) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (true) {
                try {
                    int there = admin.describeCluster()
                            .nodes()
                            .get(5, TimeUnit.SECONDS)
                            .size();
                    if (there == brokers.size() && more.holds()) {
                        return;
                    }
                } catch (ExecutionException | java.util.concurrent.TimeoutException notYet) {
                    // Asked again below.
                }
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("the brokers are not all in sync within " + PATIENCE);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        brokers.forEach(Child::close);
    }
}
