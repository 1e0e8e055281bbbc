package cloud.gyroscops.standalone.system;

import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import java.nio.file.Path;

/** Broker and registry of a system, with nothing that works on them: for what must be done while it stands still. */
public final class StoppedSystem implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final EmbeddedSchemaRegistry registry;

    private StoppedSystem(EmbeddedKafka kafka, EmbeddedSchemaRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /** Of a system's data, on any free ports. */
    public static StoppedSystem start(Path dataDirectory) {
        var kafka = EmbeddedKafka.start(dataDirectory.resolve("kafka"), 0);
        try {
            return new StoppedSystem(kafka, new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", 0));
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public String registryUrl() {
        return registry.uri().toString();
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
