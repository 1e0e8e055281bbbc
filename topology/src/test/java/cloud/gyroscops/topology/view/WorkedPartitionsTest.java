package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.topology.view.partition.Side;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkedPartitionsTest {

    private static final Place HERE = new Place(Side.BY_ID, 3);

    @TempDir
    private Path directory;

    private final WorkedPartitions worked = new WorkedPartitions();
    private final KeyValueStore<String, String> store = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore("store"), Serdes.String(), Serdes.String())
            .withLoggingDisabled()
            .build();
    private WorkedPartitions.Loan loan;

    @BeforeEach
    void lend() {
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 3), directory.toFile());
        context.addStateStore(store);
        store.init(context.getStateStoreContext(), store);
        store.put("key", "value");
        loan = worked.lend(Side.BY_ID, context, List.of("store"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aStoreThatIsLentIsReadWhereItIs() {
        assertThat(worked.store(HERE, "store", stores()).orElseThrow().get("key"))
                .isEqualTo("value");
    }

    @Test
    void storesOfOtherPartitionsSidesAndNamesAreNot() {
        assertThat(worked.store(new Place(Side.BY_ID, 2), "store", stores())).isEmpty();
        assertThat(worked.store(new Place(Side.BY_ORGANIZATION, 3), "store", stores()))
                .isEmpty();
        assertThat(worked.store(HERE, "another", stores())).isEmpty();
    }

    @Test
    void whatIsAppliedBesideThePartitionsWorkIsToldOfThere() {
        worked.applied(Side.BY_ID, 3, 5);
        assertThat(worked.lastApplied(HERE)).isEmpty();

        worked.begin(Side.BY_ID, 3);
        worked.applied(Side.BY_ID, 3, 7);
        worked.applied(Side.BY_ID, 2, 9);
        assertThat(worked.lastApplied(HERE)).contains(Instant.ofEpochMilli(7));
    }

    @Test
    void whatIsTakenBackIsNotRead() {
        loan.close();

        assertThat(worked.store(HERE, "store", stores())).isEmpty();
    }

    @Test
    void whoeverReadsAStoreThatIsClosedIsToldSo() {
        var lent = worked.store(HERE, "store", stores()).orElseThrow();
        store.close();

        assertThatThrownBy(() -> lent.get("key")).isInstanceOf(InvalidStateStoreException.class);
    }

    private static QueryableStoreType<ReadOnlyKeyValueStore<String, String>> stores() {
        return QueryableStoreTypes.keyValueStore();
    }
}
