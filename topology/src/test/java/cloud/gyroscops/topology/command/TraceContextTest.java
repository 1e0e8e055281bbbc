package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.TopologySpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trace context goes from a command's record to the events, also if the command waits for others meanwhile. */
final class TraceContextTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aTraceContextIsAmongTheNotesOfTheEvents() {
        create(Map.of("note", "kept"), Map.of("traceparent", TRACE));

        assertThat(notes()).containsOnly(Map.entry("note", "kept"), Map.entry("traceparent", TRACE));
    }

    @Test
    void whatIsNoTraceContextStaysAway() {
        create(Map.of(), Map.of("traceparent", "00-what'; DROP TABLE"));

        assertThat(notes()).isEmpty();
    }

    @Test
    void theProducersOwnNotesComeFirst() {
        create(Map.of("traceparent", "mine"), Map.of("traceparent", TRACE));

        assertThat(notes()).containsOnly(Map.entry("traceparent", "mine"));
    }

    @Test
    void moreNotesThanAllowedAreNotMade() {
        var notes = new HashMap<String, String>();
        for (int note = 0; note < 50; note++) {
            notes.put("n" + note, "x");
        }
        create(notes, Map.of("traceparent", TRACE));

        assertThat(notes()).hasSize(50).doesNotContainKey("traceparent");
    }

    private Map<String, String> notes() {
        return topology.events().get(0).message().header().getMetadata();
    }

    private void create(Map<String, String> notes, Map<String, String> headers) {
        var header = new CommandHeader("c-9", "o-1", null, "anonymous", Origin.CLIENT, null, notes);
        var command = topology.wire()
                .command(Aggregate.ORGANIZATIONS, new CommandMessage(header, new CreateOrganization("Acme")));
        topology.whenRaw(Aggregate.ORGANIZATIONS, "o-1".getBytes(StandardCharsets.UTF_8), command, headers)
                .thenAccepted();
    }
}
