package cloud.gyroscops.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.health.HealthSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeSettingsTest {

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void everyVariableOfTheCommandTopologyIsOneThatItsSettingsKnowAndHasAValueThatTheyTake() {
        var environment = environment("command-topology");

        readLikeTheCommandTopology(environment);

        assertThat(environment.asked()).containsAll(environment.all().keySet());
    }

    @Test
    void everyVariableOfTheQueryApiIsOneThatItsSettingsKnowAndHasAValueThatTheyTake() {
        var environment = environment("query-api");

        readLikeTheQueryApi(environment);

        assertThat(environment.asked()).containsAll(environment.all().keySet());
    }

    @Test
    void everyVariableOfTheSidecarIsOneThatItsSettingsKnowAndHasAValueThatTheyTake() {
        var environment = environment("sidecar");

        readLikeTheSidecar(environment);

        assertThat(environment.asked()).containsAll(environment.all().keySet());
    }

    @Test
    void aVariableThatIsMistypedWouldBeNoticed() {
        var variables = new HashMap<>(environment("command-topology").all());
        variables.put("GYROSCOPS_PARTITION", "6");
        var environment = new Environment(variables);

        readLikeTheCommandTopology(environment);

        assertThat(environment.asked()).doesNotContain("GYROSCOPS_PARTITION");
    }

    @Test
    void allProcessesMeanTheSameTopics() {
        assertThat(TopicSettings.from(environment("query-api")))
                .isEqualTo(TopicSettings.from(environment("command-topology")))
                .isEqualTo(TopicSettings.from(environment("sidecar")));
    }

    @Test
    void httpListensInTheContainerAndEveryPortIsPublishedOnLoopbackOnly() {
        assertThat(ApiSettings.from(environment("query-api"))).isEqualTo(new ApiSettings("0.0.0.0", 8080));
        assertThat(HealthSettings.from(environment("command-topology"))).isEqualTo(new HealthSettings("0.0.0.0", 8082));
        assertThat(compose.publishedPorts()).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @CsvSource({
        "command-topology, cloud.gyroscops.topology.Main",
        "query-api, cloud.gyroscops.query.Main",
        "sidecar, cloud.gyroscops.connectors.Main"
    })
    void everyProcessRunsAMainThatIsThere(String service, String main) throws Exception {
        assertThat(compose.command(service)).isEqualTo(main);
        assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
    }

    private Environment environment(String service) {
        Map<String, String> variables = compose.environment(service);
        assertThat(variables).isNotEmpty();
        return new Environment(variables);
    }

    /** As {@link cloud.gyroscops.topology.Main} does. */
    private static void readLikeTheCommandTopology(Environment environment) {
        var installation = Installation.from(environment);
        StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME);
        CommandSettings.from(environment);
        HealthSettings.from(environment);
    }

    /** As {@link cloud.gyroscops.query.Main} does. */
    private static void readLikeTheQueryApi(Environment environment) {
        var installation = Installation.from(environment);
        ApiSettings.from(environment);
        PeerSettings.from(environment);
        StreamsSettings.from(environment, installation.kafka(), ViewTopology.APPLICATION);
    }

    /** As {@link cloud.gyroscops.connectors.Main} does. */
    private static void readLikeTheSidecar(Environment environment) {
        var installation = Installation.from(environment);
        KeycloakSettings.from(environment);
        StripeSettings.from(environment);
        SidecarSettings.from(environment);
        StreamsSettings.from(environment, installation.kafka(), "sidecar");
    }
}
