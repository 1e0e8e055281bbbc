package cloud.gyroscops.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class PeerSettingsTest {

    @Test
    void anInstanceIsReachedWhereItListens() {
        assertThat(PeerAddress.advertised(PeerSettings.LOOPBACK, "127.0.0.1", 8081))
                .isEqualTo(new HostInfo("127.0.0.1", 8081));
        assertThat(PeerAddress.advertised(PeerSettings.LOOPBACK, "::1", 8081)).isEqualTo(new HostInfo("::1", 8081));
    }

    @Test
    void whoListensEverywhereIsReachedAtAnAddressOfTheMachine() {
        assertThat(PeerAddress.advertised(PeerSettings.LOOPBACK, "0.0.0.0", 8081)
                        .host())
                .isNotEqualTo("0.0.0.0");
    }

    @Test
    void orWhereTheSettingSays() {
        assertThat(PeerAddress.advertised(new PeerSettings("views-1.internal:9000", ""), "0.0.0.0", 8081))
                .isEqualTo(new HostInfo("views-1.internal", 9000));
    }

    @Test
    void anAddressWithoutAPortIsRefused() {
        assertThatThrownBy(() -> new PeerSettings("views-1.internal", ""))
                .hasMessage(
                        "advertised HTTP address is \"views-1.internal\"; it must be host:port, like 10.0.0.7:8080");
    }

    @Test
    void aShortSecretIsRefusedAndNotTold() {
        assertThatThrownBy(() -> new PeerSettings("", "hunter2"))
                .hasMessage("the peers' secret has 7 characters; it must have 16 or more");
        assertThat(new PeerSettings("", "correct horse battery"))
                .hasToString("PeerSettings[advertised=, secret=given]");
    }
}
