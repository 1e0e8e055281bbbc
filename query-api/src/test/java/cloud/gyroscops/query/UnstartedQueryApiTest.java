package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose port is bound before it starts, and that never does. */
class UnstartedQueryApiTest {

    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void aServerThatIsClosedBeforeItStartsLeavesItsPort() {
        var api = prepared();
        int port = api.port();
        assertThatCode(() -> connect(port)).doesNotThrowAnyException();

        api.close();

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    private QueryApi prepared() {
        // Nobody is there, and nobody is asked before the start.
        var kafka = KafkaSettings.at("127.0.0.1:1");
        var installation = Installation.at(
                kafka, TopicSettings.single(1), RegistrySettings.of(URI.create("http://127.0.0.1:1")), directory);
        return new QueryApi(
                new ApiSettings("127.0.0.1", 0),
                PeerSettings.LOOPBACK,
                installation,
                new StreamsSettings(kafka, ViewTopology.APPLICATION, directory, 1, 20, 1, 0, 6_000, ""),
                CommandApplication.NAME,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Map.of(),
                Map.of());
    }

    private static void connect(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(1_000);
        }
    }
}
