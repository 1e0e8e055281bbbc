package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** After which failures a new thread goes on. */
class StreamsApplicationTest {

    @Test
    void aTransactionThatSomebodyElseHasEndedIsBegunAgain() {
        assertThat(StreamsApplication.passes(new StreamsException(
                        "Error encountered trying to commit a transaction", new InvalidTxnStateException("ended"))))
                .isTrue();
    }

    @Test
    void theRegistryMayComeBack() {
        assertThat(StreamsApplication.passes(new StreamsException(new RegistryUnavailableException("away", null))))
                .isTrue();
    }

    @Test
    void whatWouldFailAgainStops() {
        assertThat(StreamsApplication.passes(new StreamsException(new IllegalStateException("broken"))))
                .isFalse();
    }
}
