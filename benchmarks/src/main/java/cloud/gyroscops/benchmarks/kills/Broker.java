package cloud.gyroscops.benchmarks.kills;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A node of a Kafka cluster on loopback, broker and controller, as a process of its own, so that it can be killed. Its
 * arguments: the cluster's id, the node's number from 1 on, its directory, and for every node its broker's and its
 * controller's port.
 */
final class Broker {

    private static final String HOST = "127.0.0.1";
    private static final int FIRST_PORT = 3;

    private Broker() {}

    public static void main(String[] args) throws Exception {
        int node = Integer.parseInt(args[1]);
        var directory = Path.of(args[2]);
        int nodes = (args.length - FIRST_PORT) / 2;
        var voters = IntStream.range(0, nodes)
                .mapToObj(i -> i + 1 + "@" + HOST + ":" + args[FIRST_PORT + 2 * i + 1])
                .collect(Collectors.joining(","));
        format(args[0], node, directory);
        var own = FIRST_PORT + 2 * (node - 1);
        var server = new KafkaRaftServer(
                new KafkaConfig(settings(node, nodes, directory, args[own], args[own + 1], voters)), Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(
            int node, int nodes, Path directory, String port, String controllerPort, String voters) {
        var replicas = Integer.toString(nodes);
        var inSync = Integer.toString(Math.max(1, nodes - 1));
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node));
        settings.put("listeners", "BROKER://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "BROKER://" + HOST + ":" + port);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", voters);
        settings.put("log.dirs", directory.toString());
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        if (nodes > 1) {
            // How soon the others take a dead broker's partitions; Kafka's default is 9 s.
            settings.put("broker.session.timeout.ms", "3000");
            settings.put("broker.heartbeat.interval.ms", "500");
        }
        return settings;
    }

    private static void format(String cluster, int node, Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setNodeId(node)
                .setClusterId(cluster)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER")
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }
}
