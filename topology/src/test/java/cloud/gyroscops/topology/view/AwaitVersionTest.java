package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitVersionTest {

    private static final Token TOKEN = new Token(Aggregate.ORGANIZATIONS, "o-1", 1);

    @TempDir
    private Path directory;

    private ViewDriver views;

    @BeforeEach
    void start() {
        views = new ViewDriver(directory);
        views.pipe(ViewDriver.event(
                Aggregate.ORGANIZATIONS, "o-1", 1, Instant.EPOCH, "o-1", "eve", new OrganizationCreated("Acme")));
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void whereItIsWorkedOnAVersionThatShowsIsApplied() {
        for (var side : List.of(Side.BY_ID, Side.BY_ORGANIZATION)) {
            assertThat(views.stores().ask("o-1", await(side, Duration.ZERO))).isTrue();
        }
    }

    @Test
    void aCopyOfWhichOneStoreShowsAVersionHasNotAppliedItUntilAllStoresHave() {
        for (var side : List.of(Side.BY_ID, Side.BY_ORGANIZATION)) {
            assertThat(copy(await(side, Duration.ofMillis(5)), false, false, false, false, false))
                    .isFalse();
        }
    }

    @Test
    void aCopyIsWaitedForUntilAllItsStoresHaveTheVersion() {
        assertThat(copy(await(Side.BY_ORGANIZATION, Duration.ofSeconds(30)), false, false, true))
                .isTrue();
    }

    private static AwaitVersion await(Side side, Duration patience) {
        return new AwaitVersion(side, TOKEN, patience);
    }

    /** Answers by a copy whose stores have the version or not, as told, at last for ever. */
    private boolean copy(Question<Boolean> question, boolean... holds) {
        var asked = new ArrayList<Token>();
        return question.answer(new CopiedStores() {
            @Override
            public boolean hold(Token token) {
                asked.add(token);
                return token.equals(TOKEN) && holds[Math.min(asked.size(), holds.length) - 1];
            }

            @Override
            public <T> T store(String name, QueryableStoreType<T> type) {
                throw new UnsupportedOperationException(name);
            }

            @Override
            public <K, V> ReadOnlyKeyValueStore<K, V> keyValue(String name) {
                return views.driver().getKeyValueStore(name);
            }
        });
    }
}
