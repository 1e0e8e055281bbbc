package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicProvisioner;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.rebuild.Replication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two brokers that keep everything twice, and a shell whose environment says nothing of that. */
final class ReplicationIT {

    private static final TopicCatalogue TOPICS =
            new TopicCatalogue(new TopicSettings("", 1, 2, 2, Duration.ofDays(1), Duration.ofDays(1)));

    @TempDir
    private Path directory;

    @Test
    void changelogsThatAreMadeAgainAreKeptAsOftenAsCommands() throws Exception {
        var cluster = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                        .setNumControllerNodes(1)
                        .setNumBrokerNodes(2)
                        .build())
                .setConfigProp("log.cleaner.dedupe.buffer.size", "8388608")
                .setConfigProp("offsets.topic.replication.factor", "1")
                .build();
        try {
            cluster.format();
            cluster.startup();
            cluster.waitForReadyBrokers();
            try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                new TopicProvisioner(admin).provision(TOPICS.all());

                var rebuild = Run.of(
                        "state",
                        "rebuild",
                        "--bootstrap-servers",
                        cluster.bootstrapServers(),
                        "--schema-registry",
                        "http://127.0.0.1:1",
                        "--state-dir",
                        directory.toString());

                assertThat(rebuild.status()).as(rebuild.err()).isZero();
                for (var topic :
                        new String[] {TOPICS.commands(Aggregate.USERS), "gyroscops-commands-users-state-changelog"}) {
                    assertThat(Replication.of(admin, topic)).contains(new Replication(2, 2));
                }
            }
        } finally {
            cluster.close();
        }
    }
}
