package cloud.gyroscops.standalone.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka node, broker and controller, on loopback, with its data in a directory that outlives it. */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;

    /** Kafka leaves it when it stops cleanly, and removes it when it starts. */
    private static final String STOPPED_CLEANLY = ".kafka_cleanshutdown";

    private final SingleNode server;
    private final int port;

    private EmbeddedKafka(SingleNode server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a node.
     *
     * @param directory where its data is; made if it is not there
     * @param port to listen on; 0: any that is free
     */
    public static EmbeddedKafka start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * Starts a node with settings of its own.
     *
     * @param others Kafka's broker settings, before those that one node needs
     */
    public static EmbeddedKafka start(Path directory, int port, Map<String, String> others) {
        int broker = port == 0 ? freePort() : port;
        int controller = freePort();
        boolean isNew = format(directory);
        boolean wasKilled = !isNew && !Files.exists(directory.resolve(STOPPED_CLEANLY));
        var settings = settings(directory, broker, controller);
        settings.putAll(others);
        var server = node(directory, settings);
        server.start(wasKilled);
        return new EmbeddedKafka(server, broker);
    }

    private static SingleNode node(Path directory, Map<String, String> settings) {
        try {
            return new SingleNode(new KafkaConfig(settings), directory.toString());
        } catch (Exception e) {
            throw new IllegalStateException("Kafka cannot be started on the data directory " + directory, e);
        }
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    private static Map<String, String> settings(Path directory, int broker, int controller) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("listeners", "BROKER://" + HOST + ":" + broker + ",CONTROLLER://" + HOST + ":" + controller);
        settings.put("advertised.listeners", "BROKER://" + HOST + ":" + broker);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controller);
        settings.put("log.dirs", directory.toString());
        // One node: nothing can be replicated.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("default.replication.factor", "1");
        // Until all threads of an instance have joined: what the first one were given at once, it would have to give
        // away again.
        settings.put("group.initial.rebalance.delay.ms", "300");
        // Sessions may be short: on loopback, silence means death.
        settings.put("group.min.session.timeout.ms", "1000");
        // Longer than commands are kept: a system that was down must not handle old ones again.
        settings.put("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        return settings;
    }

    /** Whether there was nothing yet. */
    private static boolean format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return false;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be made", e);
        } catch (Exception e) {
            throw new IllegalStateException("the data directory " + directory + " cannot be formatted for Kafka", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
