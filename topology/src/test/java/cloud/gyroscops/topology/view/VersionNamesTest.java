package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionNamesTest {

    private static final String FAMILY = "test." + ViewTopology.APPLICATION;

    @Test
    void aVersionsTopicsTellIt() {
        var application = ViewTopology.application(FAMILY, 12);

        assertThat(ViewTopology.version(FAMILY, application + "-users-view-changelog"))
                .hasValue(12);
        assertThat(ViewTopology.version(FAMILY, ViewTopology.changes(application)))
                .hasValue(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gyroscops-views-1-users-view-changelog",
                "test.gyroscops-views-users-view-changelog",
                "test.gyroscops-views-01-users-view-changelog",
                "test.gyroscops-views-1-users-view",
                "other.test.gyroscops-views-1-users-view-changelog",
                "testXgyroscops-views-1-users-view-changelog",
                "test.users.events"
            })
    void otherTopicsTellNone(String topic) {
        assertThat(ViewTopology.version(FAMILY, topic)).isEmpty();
    }
}
