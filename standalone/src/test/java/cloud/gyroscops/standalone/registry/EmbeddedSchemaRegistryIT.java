package cloud.gyroscops.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.IncompatibleSchemaException;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.UnknownSchemaException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedSchemaRegistryIT {
    private static OneBroker broker;
    private static EmbeddedSchemaRegistry registry;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        broker = new OneBroker();
        registry = new EmbeddedSchemaRegistry(broker.bootstrapServers(), "127.0.0.1", 0);
        http = HttpClient.newHttpClient();
        client().register("users.commands-value", UserCommand.getClassSchema());
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        broker.close();
    }

    @Test
    void theClientGetsBackWhatItRegistered() {
        int id = client().register("users.events-value", UserEvent.getClassSchema());

        assertThat(client().byId(id)).isEqualTo(UserEvent.getClassSchema());
        assertThat(client().register("another-value", UserEvent.getClassSchema()))
                .isEqualTo(id);
        assertThat(client().versions("users.events-value")).containsExactly(1);
    }

    @Test
    void theClientHearsOfAnUnknownId() {
        assertThatThrownBy(() -> client().byId(987_654)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void theClientHearsOfAnIncompatibleSchema() {
        client().setCompatibility("strict-value", "FULL_TRANSITIVE");
        client().register("strict-value", Schema.create(Schema.Type.STRING));

        assertThatThrownBy(() -> client().register("strict-value", Schema.create(Schema.Type.INT)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("TYPE_MISMATCH");
    }

    @Test
    void aRestartKeepsIdsVersionsAndRules() {
        int id;
        try (EmbeddedSchemaRegistry first = over("restarted")) {
            ConfluentSchemaRegistry client = new ConfluentSchemaRegistry(RegistrySettings.of(first.uri()));
            client.register("a-value", UserEvent.getClassSchema());
            id = client.register("b-value", UserCommand.getClassSchema());
            client.setCompatibility("b-value", "FULL");
        }

        try (EmbeddedSchemaRegistry second = over("restarted")) {
            ConfluentSchemaRegistry client = new ConfluentSchemaRegistry(RegistrySettings.of(second.uri()));
            assertThat(client.byId(id)).isEqualTo(UserCommand.getClassSchema());
            assertThat(client.register("b-value", UserCommand.getClassSchema())).isEqualTo(id);
            assertThat(client.register("c-value", Schema.create(Schema.Type.INT)))
                    .isGreaterThan(id);
            assertThatThrownBy(() -> client.register("b-value", UserEvent.getClassSchema()))
                    .isInstanceOf(IncompatibleSchemaException.class);
        }
    }

    @Test
    void theTopicIsCompactedWithOnePartition() throws Exception {
        try (Admin admin = admin()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "_schemas");
            assertThat(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("compact");
        }
    }

    @Test
    void aTopicThatWouldForgetIsRefused() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("forgetful", 1, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> over("forgetful"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgetful", "delete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /                                                  |      | 200 | {}",
                "GET    | /schemas/types                                     |      | 200 | [\"AVRO\"]",
                "GET    | /config                                            |      | 200 | {\"compatibilityLevel\":\"BACKWARD\"}",
                "PUT    | /config/x                                          | {\"compatibility\":\"FULL\"} | 200 | {\"compatibility\":\"FULL\"}",
                "PUT    | /config/x                                          | {\"compatibility\":\"odd\"}  | 422 | 42203",
                "GET    | /config/unknown                                    |      | 404 | 40408",
                "GET    | /config/unknown?defaultToGlobal=true               |      | 200 | {\"compatibilityLevel\":\"BACKWARD\"}",
                "GET    | /subjects/unknown                                  |      | 404 | 40401",
                "GET    | /subjects/users.commands-value                     |      | 200 | [1]",
                "GET    | /subjects/users.commands-value/versions            |      | 200 | [1]",
                "GET    | /subjects/users.commands-value/versions/7          |      | 404 | 40402",
                "GET    | /subjects/users.commands-value/versions/x          |      | 422 | 42202",
                "DELETE | /subjects/users.commands-value/versions/7          |      | 404 | 40402",
                "DELETE | /subjects/unknown                                  |      | 404 | 40401",
                "DELETE | /subjects/users.commands-value?permanent=true      |      | 422 | 42206",
                "GET    | /schemas/ids/987654                                |      | 404 | 40403",
                "GET    | /schemas/ids/1/versions | | 200 | [{\"subject\":\"users.commands-value\",\"version\":1}]",
                "POST   | /subjects/x/versions    | {\"schema\":\"{\"}       | 422 | 42201",
                "POST   | /subjects/x/versions    | nonsense                 | 422 | 42201",
                "POST   | /subjects/x/versions    | {\"schemaType\":\"JSON\",\"schema\":\"{}\"} | 422 | 42201",
                "POST   | /subjects/users.commands-value | {\"schema\":\"\\\"int\\\"\"} | 404 | 40403",
                "POST   | /compatibility/subjects/users.commands-value/versions/latest | {\"schema\":\"\\\"int\\\"\"} | 200 | {\"is_compatible\":false}"
            })
    void theProtocolIsConfluents(String method, String path, String body, int status, String expected)
            throws Exception {
        HttpResponse<String> response = send(method, path, body == null ? "" : body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode json = new ObjectMapper().readTree(response.body());
        JsonNode wanted = new ObjectMapper().readTree(expected);
        assertThat(wanted.isNumber() ? json.get("error_code") : json).isEqualTo(wanted);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void aVersionIsDescribedAndItsSchemaGivenAlone() throws Exception {
        JsonNode version = new ObjectMapper()
                .readTree(send("GET", "/subjects/users.commands-value/versions/latest", "")
                        .body());

        assertThat(version.get("version").intValue()).isEqualTo(1);
        assertThat(send("GET", "/subjects/users.commands-value/versions/1/schema", "")
                        .body())
                .isEqualTo(version.get("schema").textValue());
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdIsNot() throws Exception {
        int id = client().register("deleted-value", Schema.createFixed("F", null, "x", 3));

        assertThat(send("DELETE", "/subjects/deleted-value", "").body()).isEqualTo("[1]");

        assertThat(client().versions("deleted-value")).isEmpty();
        assertThat(client().byId(id).getFixedSize()).isEqualTo(3);
        assertThat(send("GET", "/subjects", "").body()).doesNotContain("deleted-value");
    }

    private static ConfluentSchemaRegistry client() {
        return new ConfluentSchemaRegistry(RegistrySettings.of(registry.uri()));
    }

    private static EmbeddedSchemaRegistry over(String topic) {
        return new EmbeddedSchemaRegistry(
                Map.of("bootstrap.servers", broker.bootstrapServers()), topic, "127.0.0.1", 0);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.uri() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
