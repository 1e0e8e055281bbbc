package cloud.gyroscops.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryOutageTest {

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aCommandWhoseSchemaCannotBeAskedForWaitsAndIsHandledThen() {
        var command = commandOfNewSchema();
        topology.registry().goDown();
        var others = whenAsked(() -> topology.registry().comeBack());

        topology.whenRaw(Aggregate.ORGANIZATIONS, bytes("o-1"), command)
                .thenNoDeadLetter()
                .then(new OrganizationCreated("Acme"))
                .thenAccepted();
        others.join();
    }

    @Test
    void commandsOfKnownSchemasDoNotWait() {
        topology.when("o-0", new CreateOrganization("Emca"));
        topology.registry().goDown();

        topology.when("o-1", new CreateOrganization("Acme")).thenAccepted();
    }

    @Test
    void anUnknownSchemaIdIsPoisonOnlyOnceTheRegistryHasSaidSo() {
        var command = commandOfNewSchema();
        command[1] = 0x7f;
        topology.registry().goDown();
        var others = whenAsked(() -> topology.registry().comeBack());

        topology.whenRaw(Aggregate.ORGANIZATIONS, bytes("o-1"), command).thenDeadLetter("UNKNOWN_SCHEMA_ID");
        others.join();
    }

    @Test
    void whoStopsDoesNotWaitForTheRegistry() {
        var command = commandOfNewSchema();
        topology.registry().goDown();
        var others = whenAsked(() -> topology.outage().close());

        assertThatThrownBy(() -> topology.whenRaw(Aggregate.ORGANIZATIONS, bytes("o-1"), command))
                .isInstanceOf(StreamsException.class)
                .hasRootCauseInstanceOf(RegistryUnavailableException.class);
        others.join();
        assertThat(topology.deadLetters()).isEmpty();
    }

    /** Does something on another thread as soon as the registry was asked in vain, twice. */
    private CompletableFuture<Void> whenAsked(Runnable action) {
        int before = topology.registry().requests();
        BooleanSupplier askedAgain = () -> topology.registry().requests() >= before + 2;
        return CompletableFuture.runAsync(() -> {
            await().atMost(Duration.ofSeconds(60)).until(askedAgain::getAsBoolean);
            action.run();
        });
    }

    /** A command from a producer whose schema the topology has not met yet, though it differs in nothing that counts. */
    private byte[] commandOfNewSchema() {
        var schema = new Schema.Parser()
                .parse(Aggregate.ORGANIZATIONS.commandSchema().toString());
        schema.addProp("written-by", "another producer");
        int id = topology.registry().register("another", schema);
        var header = new CommandHeader("c-1", "o-1", null, "anonymous", Origin.CLIENT, null, Map.of());
        var value = topology.wire()
                .command(Aggregate.ORGANIZATIONS, new CommandMessage(header, new CreateOrganization("Acme")));
        ByteBuffer.wrap(value).putInt(1, id);
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
