package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTransactionsTest {

    private static final String PROCESS = "00000000-0000-4000-8000-000000000001";

    @ParameterizedTest
    @ValueSource(strings = {"app-" + PROCESS + "-1", "app-" + PROCESS + "-12"})
    void thoseOfAnApplicationsThreadsAreItsOwn(String id) {
        assertThat(id).matches(OpenTransactions.pattern("app"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app-2-" + PROCESS + "-1", "app-views", "my-app-" + PROCESS + "-1", "apps-" + PROCESS + "-1"})
    void thoseOfAnApplicationWhoseNameBeginsOrEndsTheSameAreNot(String id) {
        assertThat(id).doesNotMatch(OpenTransactions.pattern("app"));
    }
}
