package cloud.gyroscops.standalone.registry;

import io.javalin.Javalin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry that speaks Confluent's REST protocol for Avro, and keeps its schemas in a compacted Kafka topic. A
 * schema has the same id under every subject; ids survive restarts and are never given to another schema.
 *
 * <p>One instance at a time may run over a topic. There is no authentication: bind it to loopback.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final String DEFAULT_TOPIC = "_schemas";

    private final RegistryTopic topic;
    private final Javalin http;
    private final String host;

    /** Over the topic {@code _schemas} of a cluster that needs no other settings; see the other constructor. */
    public EmbeddedSchemaRegistry(String bootstrapServers, String host, int port) {
        this(Map.of("bootstrap.servers", bootstrapServers), DEFAULT_TOPIC, host, port);
    }

    /**
     * Reads the topic, then listens.
     *
     * @param kafka settings for Kafka's clients, {@code bootstrap.servers} among them
     * @param topic created if it is missing: one partition, compacted, replication factor 1
     * @param host the address to listen on
     * @param port 0: any free one
     * @throws IllegalStateException if the topic cannot be made or read, or is of another kind
     */
    public EmbeddedSchemaRegistry(Map<String, ?> kafka, String topic, String host, int port) {
        this.host = host;
        this.topic = new RegistryTopic(kafka, topic);
        try {
            List<Entry> stored = new ArrayList<>();
            this.topic.read(stored::add);
            RegistryRoutes routes = new RegistryRoutes(new Registry(stored.stream(), this.topic::append));
            this.http = Javalin.create(config -> {
                        config.startup.showJavalinBanner = false;
                        routes.addTo(config.routes);
                    })
                    .start(host, port);
        } catch (RuntimeException e) {
            this.topic.close();
            throw e;
        }
        LOG.info("The schema registry listens on {}", uri());
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** Where clients find it. */
    public URI uri() {
        return URI.create("http://" + host + ":" + port());
    }

    @Override
    public void close() {
        http.stop();
        topic.close();
    }
}
