package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.schemas.SchemaHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes.ByteArraySerde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresWhileWrittenTest {

    private static final String STORE = "figures";
    private static final int OTHERS = 2_000;

    @TempDir
    private Path directory;

    private final List<String> read = new ArrayList<>();

    @Test
    void whatWasWrittenBeforeARangeIsReadIsInItWhateverIsWrittenMeanwhile() {
        var topology = new Topology()
                .addSource("source", "input")
                .addProcessor("writer", Writer::new, "source")
                .addStateStore(Tallies.store(STORE, UserFigures.class, SchemaHistory.load(), Map.of()), "writer");
        try (var driver = new TopologyTestDriver(topology, settings())) {
            driver.createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(new byte[0], new byte[0]);
        }

        assertThat(read).containsExactly(Keys.day("o-1", 2));
    }

    /** Reads days while it writes others, all in one transaction: what is written may go to the disk at any time. */
    private final class Writer extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            KeyValueStore<String, UserFigures> figures = context().getStateStore(STORE);
            figures.put(Keys.day("o-1", 1), figures());
            figures.put(Keys.day("o-1", 2), figures());
            figures.put(Keys.day("o-1", 1), null);
            var days = Keys.days("o-1", 1, 3);
            try (var range = figures.range(days.first(), days.last())) {
                for (int other = 0; other < OTHERS; other++) {
                    figures.put(Keys.day("o-2", other), figures());
                }
                range.forEachRemaining(entry -> read.add(entry.key));
            }
        }
    }

    private static UserFigures figures() {
        return new UserFigures(new UserCounts(1L, 1L, 1L, 1L), new ArrayList<>());
    }

    private Properties settings() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "views");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 10_000);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, ByteArraySerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, ByteArraySerde.class);
        return settings;
    }
}
