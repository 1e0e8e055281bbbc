package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.topology.command.EventPartitioner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What remains of the command topology without Avro and domain: the same stores, gets, puts and outputs for each command
 * that creates a payment, of the same sizes, with the same keys.
 */
final class Skeleton {

    private static final String STATES = "states";
    private static final String TIMEOUTS = "timeouts";
    private static final String COPY = "copy";

    private final Shape event;
    private final Shape result;
    private final byte[] state;

    Skeleton(Shape event, Shape result, int stateBytes) {
        this.event = event;
        this.result = result;
        this.state = new byte[stateBytes];
    }

    Topology topology(String commands, String events, String results, String copied) {
        var in = new ByteArrayDeserializer();
        var out = new ByteArraySerializer();
        var topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(COPY), Serdes.String(), Serdes.String())
                        .withLoggingDisabled(),
                "copy-source",
                in,
                in,
                copied,
                "copy-update",
                Ignore::new);
        return topology.addSource("commands", in, in, commands)
                .addProcessor("work", Work::new, "commands")
                .addStateStore(store(STATES), "work")
                .addStateStore(store(TIMEOUTS), "work")
                .addSink("events", events, out, out, new EventPartitioner(), "work")
                .addSink("results", results, out, out, "work");
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }

    /** The copied topic stays empty. */
    private static final class Ignore implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }

    private final class Work implements Processor<byte[], byte[], byte[], byte[]> {

        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<Bytes, byte[]> states;
        private KeyValueStore<Bytes, byte[]> timeouts;
        private KeyValueStore<String, String> copy;

        @Override
        public void init(ProcessorContext<byte[], byte[]> processorContext) {
            context = processorContext;
            states = processorContext.getStateStore(STATES);
            timeouts = processorContext.getStateStore(TIMEOUTS);
            copy = processorContext.getStateStore(COPY);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var id = Bytes.wrap(record.key());
            if (states.get(id) == null && copy.get("nobody") == null) {
                var key = new String(record.key(), StandardCharsets.UTF_8);
                forward(key + "@1", record.timestamp(), event, "events");
                states.put(id, state);
                timeouts.put(
                        Bytes.wrap(ByteBuffer.allocate(Long.BYTES + record.key().length)
                                .putLong(record.timestamp())
                                .put(record.key())
                                .array()),
                        new byte[0]);
                forward("c-" + key, record.timestamp(), result, "results");
            }
        }

        private void forward(String key, long timestamp, Shape shape, String sink) {
            context.forward(
                    new Record<>(key.getBytes(StandardCharsets.UTF_8), shape.value(), timestamp, shape.freshHeaders()),
                    sink);
        }
    }
}
