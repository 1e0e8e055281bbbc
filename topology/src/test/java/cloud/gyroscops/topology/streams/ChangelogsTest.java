package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangelogsTest {

    @Test
    void whatTheCatalogueSaysOfChangelogsHolds() {
        var settings = new TopicCatalogue(TopicSettings.single(1)).changelog();
        var changelogs = new Changelogs("app", Set.of("users-state"), 1, 1, settings);

        assertThat(changelogs.shapes()).singleElement().satisfies(shape -> assertThat(shape.configs())
                .containsAllEntriesOf(settings)
                .containsEntry("cleanup.policy", "compact"));
    }

    @Test
    void whereNothingIsSaidOfTimesTheyAreAsKafkaStreamsWouldHaveThem() {
        var changelogs = new Changelogs("app", Set.of("users-state"), 1, 1, Map.of());

        assertThat(changelogs.shapes()).singleElement().satisfies(shape -> assertThat(shape.configs())
                .containsEntry("message.timestamp.type", "CreateTime"));
    }
}
