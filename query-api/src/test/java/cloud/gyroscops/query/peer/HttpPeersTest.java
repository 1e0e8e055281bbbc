package cloud.gyroscops.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that are gone, silent, or know nothing. */
@Timeout(30)
class HttpPeersTest {

    private static final Duration WITHIN = Duration.ofMillis(300);

    private long now;
    private final HttpPeers peers = new HttpPeers(PeerSettings.LOOPBACK, 1, Duration.ofSeconds(20), () -> now);

    private record Asked() implements Question<String> {
        @Override
        public Side side() {
            return Side.BY_ID;
        }

        @Override
        public String answer(PartitionStores stores) {
            throw new AssertionError("nobody is to answer that");
        }
    }

    @Test
    void whoIsGoneIsSuspectedAtOnce() throws IOException {
        HostInfo gone;
        try (var socket = socket()) {
            gone = address(socket.getLocalPort());
        }
        assertThat(peers.suspected(gone)).isFalse();

        // Refused long before the time is up.
        assertThat(ask(gone, Duration.ofSeconds(20))).isEmpty();

        assertThat(peers.suspected(gone)).isTrue();
    }

    @Test
    void whoIsSilentIsLeftAfterAWhile() throws IOException {
        try (var socket = socket()) {
            var silent = address(socket.getLocalPort());

            assertThat(ask(silent, WITHIN)).isEmpty();

            assertThat(peers.suspected(silent)).isTrue();
        }
    }

    @Test
    void oneRequestAtATimeTriesASuspectAgain() throws IOException {
        try (var socket = socket()) {
            var silent = address(socket.getLocalPort());
            ask(silent, WITHIN);

            now += HttpPeers.SUSPECTED_NANOS;
            assertThat(peers.suspected(silent)).as("until then").isTrue();
            now++;
            assertThat(peers.suspected(silent)).as("by one request").isFalse();
            assertThat(peers.suspected(silent)).as("by the next request").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 415, 421, 500, 503})
    void whoAnswersAgainIsSuspectedNoMore(int status) throws IOException {
        HostInfo peer;
        try (var socket = socket()) {
            peer = address(socket.getLocalPort());
            ask(peer, WITHIN);
        }
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(ask(peer, Duration.ofSeconds(20))).isEmpty();

            assertThat(peers.suspected(peer)).isFalse();
        } finally {
            server.stop(0);
        }
    }

    private Map<Integer, ?> ask(HostInfo peer, Duration within) {
        return peers.ask(peer, new Forwarded<>(new Asked(), Set.of(0), Map.of()), within)
                .join();
    }

    /** Takes connections, and says nothing. */
    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static HostInfo address(int port) {
        return new HostInfo("127.0.0.1", port);
    }
}
