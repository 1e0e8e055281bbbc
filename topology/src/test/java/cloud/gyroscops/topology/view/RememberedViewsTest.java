package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedViewsTest {

    private static final int MOST = 3;

    @TempDir
    private Path directory;

    private final KeyValueStore<String, String> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("views"), Serdes.String(), Serdes.String())
            .withLoggingDisabled()
            .build();

    private final RememberedViews<String> views = new RememberedViews<>(store, MOST);

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 0), directory.toFile());
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_was_read_is_kept() {
        store.put("o-1", "Acme");

        assertThat(views.get("o-1")).isEqualTo("Acme").isSameAs(views.get("o-1"));
    }

    @Test
    void what_is_not_there_is_looked_for_again() {
        assertThat(views.get("o-1")).isNull();

        store.put("o-1", "Acme");

        assertThat(views.get("o-1")).isEqualTo("Acme");
    }

    @Test
    void what_was_written_is_read() {
        store.put("o-1", "Acme");
        views.get("o-1");

        store.put("o-1", "Umbrella");
        views.forget("o-1");

        assertThat(views.get("o-1")).isEqualTo("Umbrella");
    }

    @Test
    void no_more_are_kept_than_may_be_and_all_are_read() {
        for (int i = 0; i < 10 * MOST; i++) {
            store.put("o-" + i, "Name " + i);
            assertThat(views.get("o-" + i)).isEqualTo("Name " + i);
        }

        assertThat(views.get("o-0")).isEqualTo("Name 0");
    }

    @Test
    void a_closed_store_answers_nothing() {
        store.put("o-1", "Acme");
        views.get("o-1");

        store.close();

        assertThatThrownBy(() -> views.get("o-1")).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void what_a_write_has_ended_nobody_reads_the_old_value_of() {
        var written = new AtomicLong();
        store.put("o-1", "0");
        var reading = CompletableFuture.runAsync(() -> {
            while (written.get() >= 0) {
                long atLeast = written.get();
                if (Long.parseLong(views.get("o-1")) < atLeast) {
                    throw new IllegalStateException("older than " + atLeast);
                }
            }
        });

        for (long value = 1; value <= 50_000; value++) {
            store.put("o-1", Long.toString(value));
            views.forget("o-1");
            written.set(value);
        }
        written.set(-1);

        reading.join();
        assertThat(views.get("o-1")).isEqualTo("50000");
    }
}
