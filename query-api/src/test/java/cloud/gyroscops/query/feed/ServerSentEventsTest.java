package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

    @Test
    void aReaderIsToldAtOnceWhenToComeBack() {
        assertThat(ServerSentEvents.greeting(FeedPosition.beginning(1)))
                .containsPattern("(?m)^id: \\S+$")
                .contains("\nretry: 2000\n")
                .endsWith("\n\n");
    }
}
