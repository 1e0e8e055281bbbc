package cloud.gyroscops.topology;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.CommandTopology;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * A change of a graph shows in review: names of nodes and stores are names of topics and files, too. To accept one:
 *
 * <pre>{@code mvn -pl topology -am test -Dtest=TopologyDescriptionTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.rewrite}</pre>
 */
class TopologyDescriptionTest {

    private static final Path RESOURCES = Path.of("src/test/resources/cloud/gyroscops/topology");

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(6));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final RegistryOutage outage = new RegistryOutage();

    @Test
    void theCommandTopologyIsAsAgreed() throws IOException {
        var topology = new CommandTopology(
                topics, wire, outage, CommandSettings.DEFAULT, new SimpleMeterRegistry(), List.of());

        thenAsAgreed(topology.build(), "command-topology.txt");
    }

    @Test
    void theViewTopologyIsAsAgreed() throws IOException {
        thenAsAgreed(new ViewTopology(topics, wire, outage).build(), "view-topology.txt");
    }

    private static void thenAsAgreed(Topology topology, String name) throws IOException {
        var file = RESOURCES.resolve(name);
        var described = topology.describe().toString();
        if (System.getProperty("golden.rewrite") != null) {
            Files.createDirectories(RESOURCES);
            Files.writeString(file, described);
        }
        assertThat(described.lines())
                .as("%s; if it is meant to be so, run this test with -Dgolden.rewrite", file)
                .containsExactlyElementsOf(Files.readAllLines(file));
    }
}
