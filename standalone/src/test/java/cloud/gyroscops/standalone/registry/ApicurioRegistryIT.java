package cloud.gyroscops.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.IncompatibleSchemaException;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.schemas.registry.UnknownSchemaException;
import cloud.gyroscops.schemas.serde.AvroSerde;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a registry that others wrote, and the same values through it to JavaScript and back. */
class ApicurioRegistryIT {
    private static ApicurioServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new ApicurioServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void recordsAreReadByWhoeverKnowsTheRegistry() {
        AvroSerde<UserCommand> writer = new AvroSerde<>(client(), UserCommand.class);
        AvroSerde<UserCommand> reader = new AvroSerde<>(client(), UserCommand.class);

        byte[] bytes = writer.serializer().serialize("users.commands", Examples.command());

        assertThat(reader.deserializer().deserialize("users.commands", bytes)).isEqualTo(Examples.command());
    }

    @Test
    void preloadedSchemasAreKnown() {
        int id = client().register("preloaded-value", Schema.create(Schema.Type.LONG));
        ConfluentSchemaRegistry client = client();

        client.preload(List.of("preloaded-value", "not-there-yet-value"));

        assertThat(client.register("preloaded-value", Schema.create(Schema.Type.LONG)))
                .isEqualTo(id);
        assertThat(client.versions("preloaded-value")).containsExactly(1);
    }

    @Test
    void anUnknownIdIsUnknown() {
        assertThatThrownBy(() -> client().byId(987_654)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void aSubjectThatIsNotThereHasNoVersions() {
        assertThat(client().versions("nowhere-value")).isEmpty();
    }

    @Test
    void theRuleOfASubjectIsEnforcedOnceItIsSet() {
        Schema first = schema("[{\"name\":\"a\",\"type\":\"int\"}]");
        Schema second = schema("[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}]");
        client().register("strict-value", first);
        client().setCompatibility("strict-value", "BACKWARD_TRANSITIVE");

        assertThatThrownBy(() -> client().register("strict-value", second))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("strict-value");
    }

    @Test
    void aWrongPathIsAnOutageAndNoUnknownSchema() {
        URI wrong = URI.create(server.uri() + "/wrong");

        assertThatThrownBy(() -> new ConfluentSchemaRegistry(RegistrySettings.of(wrong)).byId(1))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void javaScriptReadsWhatJavaWritesAndTheOtherWayRound() throws Exception {
        JavaScriptClient.assertUnderstands(server.uri());
    }

    private static ConfluentSchemaRegistry client() {
        return new ConfluentSchemaRegistry(RegistrySettings.of(server.uri()));
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":" + fields + "}");
    }
}
