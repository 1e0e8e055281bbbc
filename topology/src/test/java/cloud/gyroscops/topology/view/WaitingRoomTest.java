package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom(1);

    @Test
    void whoFindsNoPlaceDoesNotWait() {
        assertThat(room.during(() -> !room.pause(Duration.ofMinutes(1)))).isTrue();
    }

    @Test
    void aPlaceIsFreeAgainAfterTheWaitHoweverItEnded() {
        assertThatThrownBy(() -> room.during(() -> {
                    throw new ViewsNotReadyException("moved");
                }))
                .isInstanceOf(ViewsNotReadyException.class);

        assertThat(room.pause(Duration.ZERO)).isTrue();
    }
}
