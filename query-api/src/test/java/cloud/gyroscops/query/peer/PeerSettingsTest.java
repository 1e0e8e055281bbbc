package cloud.gyroscops.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void theMachinesNameIsNotToMeanLoopback() throws Exception {
        assertThat(PeerAddress.reachable(addresses("127.0.1.1", "127.0.0.1", "fd00::7", "10.0.0.7", "172.17.0.1")))
                .isEqualTo(InetAddress.getByName("10.0.0.7"));
        assertThat(PeerAddress.reachable(addresses("192.0.2.7", "127.0.0.1", "10.0.0.7")))
                .isEqualTo(InetAddress.getByName("192.0.2.7"));
        assertThat(PeerAddress.reachable(addresses("127.0.1.1", "127.0.0.1", "fe80::1", "fd00::7")))
                .isEqualTo(InetAddress.getByName("fd00::7"));
    }

    @Test
    void unlessThereIsNothingElse() throws Exception {
        assertThat(PeerAddress.reachable(addresses("127.0.1.1", "::1", "fe80::1"))
                        .isLoopbackAddress())
                .isTrue();
    }

    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        var addresses = new ArrayList<InetAddress>();
        for (var text : texts) {
            addresses.add(InetAddress.getByName(text));
        }
        return addresses;
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

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "correct-horse-bätterie", "correct\thorse\tbattery"})
    void aSecretThatAHeaderCannotCarryIsRefused(String secret) {
        assertThatThrownBy(() -> new PeerSettings("", secret)).hasMessageContaining("of ! to ~ in ASCII");
    }

    @Test
    void aShortSecretIsRefusedAndNotTold() {
        assertThatThrownBy(() -> new PeerSettings("", "hunter2"))
                .hasMessage("the peers' secret has 7 characters; it must have 16 or more, of ! to ~ in ASCII");
        assertThat(new PeerSettings("", "correct-horse-battery"))
                .hasToString("PeerSettings[advertised=, secret=given]");
    }
}
