package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.streams.RegistryOutage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** The topology test driver has one partition only, so this looks at the processor alone. */
class ReroutingTest {

    private static final int PARTITIONS = 4;
    private static final String ID = "o-1";
    private static final int PROPER = EventPartitioner.partition(ID, PARTITIONS);
    private static final int OTHER = (PROPER + 1) % PARTITIONS;

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(PARTITIONS));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final Nodes nodes = new Nodes(Aggregate.ORGANIZATIONS);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    @Test
    void aCommandInItsProperPartitionIsDecidedThere() {
        whenCommand(ID, PROPER, 3);

        assertThat(context.forwarded(nodes.commandsAgain())).isEmpty();
        assertThat(received().source()).isEqualTo(new Source("organizations.commands", PROPER, 3));
    }

    @Test
    void aCommandWithoutKeyInItsProperPartitionIsDecidedThere() {
        whenCommand(null, PROPER, 3);

        assertThat(received().command().header().getAggregateId()).isEqualTo(ID);
    }

    @Test
    void aCommandInAnotherPartitionIsSentToItsAggregates() {
        whenCommand(ID, OTHER, 3);

        assertThat(context.forwarded(nodes.decide())).isEmpty();
        assertThat(context.forwarded(nodes.commandsAgain())).hasSize(1);
        assertThat(meters.counter("gyroscops.commands.rerouted", "aggregate", "organizations")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aCommandWithoutKeyIsSentUnderItsAggregatesId() {
        whenCommand(null, OTHER, 3);

        var moved = moved();
        assertThat(new String(moved.key(), StandardCharsets.UTF_8)).isEqualTo(ID);
        assertThat(moved.value()).isEqualTo(command());
        assertThat(Source.read(moved.headers())).isEqualTo(new Source("organizations.commands", OTHER, 3));
    }

    @Test
    void aCommandThatWasMovedIsAnsweredWhereItCameFrom() {
        whenCommand(null, OTHER, 3);
        var moved = moved();
        context.resetForwards();

        when(moved, PROPER, 17);

        assertThat(context.forwarded(nodes.commandsAgain())).isEmpty();
        assertThat(received().source()).isEqualTo(new Source("organizations.commands", OTHER, 3));
    }

    @Test
    void headersThatNameNoPlaceAreNotBelieved() {
        var headers = new RecordHeaders();
        headers.add("command-topic", bytes("organizations.commands"));
        headers.add("command-partition", bytes("first"));
        headers.add("command-offset", bytes("1"));

        when(new Record<>(bytes(ID), command(), 0, headers), PROPER, 3);

        assertThat(received().source()).isEqualTo(new Source("organizations.commands", PROPER, 3));
    }

    @Test
    void headersThatNameAnotherTopicAreNotBelieved() {
        var headers = new RecordHeaders();
        new Source("users.commands", OTHER, 1).write(headers);

        when(new Record<>(bytes(ID), command(), 0, headers), PROPER, 3);

        assertThat(received().source()).isEqualTo(new Source("organizations.commands", PROPER, 3));
    }

    private void whenCommand(String key, int partition, long offset) {
        when(new Record<>(key == null ? null : bytes(key), command(), 0), partition, offset);
    }

    private void when(Record<byte[], byte[]> record, int partition, long offset) {
        var intake = new Intake(nodes, wire, new RegistryOutage(), meters, PARTITIONS, new HashSet<>());
        context.setRecordMetadata(topics.commands(Aggregate.ORGANIZATIONS), partition, offset);
        intake.init(context);
        intake.process(record);
    }

    private Work received() {
        assertThat(context.forwarded(nodes.decide())).hasSize(1);
        var record = context.forwarded(nodes.decide()).get(0).record();
        return ((Incoming.Received) record.value()).work();
    }

    private Record<byte[], byte[]> moved() {
        var record = context.forwarded(nodes.commandsAgain()).get(0).record();
        return record.withKey((byte[]) record.key()).withValue((byte[]) record.value());
    }

    private byte[] command() {
        var header = new CommandHeader("c-1", ID, null, "anonymous", Origin.CLIENT, null, Map.of());
        return wire.command(Aggregate.ORGANIZATIONS, new CommandMessage(header, new CreateOrganization("Acme")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
