package cloud.gyroscops.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

    private static final Duration LAG = Duration.ofDays(7);

    private final TopicCatalogue topics =
            new TopicCatalogue(new TopicSettings("acme.", 3, 1, 1, Duration.ofDays(30), LAG));

    @Test
    void everySegmentEndsWellWithinTheCompactionLag() {
        assertThat(topics.all()).allSatisfy(topic -> assertThat(ms(topic.configs(), "segment.ms"))
                .isEqualTo(Duration.ofDays(1).toMillis()));
    }

    @Test
    void tombstonesOfResultsStayAsLongAsResultsMightHave() {
        assertThat(ms(shape("acme.command.results"), "delete.retention.ms"))
                .isEqualTo(Duration.ofDays(30).toMillis());
    }

    @Test
    void twoRoundsOfCompactionInAChangelogFitIntoTheLag() {
        var changelog = topics.changelog();

        var rounds = 2 * ms(changelog, "max.compaction.lag.ms") + ms(changelog, "delete.retention.ms");
        assertThat(rounds).isLessThan(LAG.toMillis());
    }

    @Test
    void theLagOfAChangelogBeginsWhenItIsWritten() {
        assertThat(topics.changelog()).containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void whatLiesBetweenThePartsOfAnApplicationIsInSegmentsThatEndWithinTheLag() {
        assertThat(ms(topics.repartition(), "segment.ms")).isLessThan(LAG.toMillis());
        assertThat(topics.repartition()).containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void whatApplicationsMakeForThemselvesIsAsSafeAsAllElse() {
        var safe = new TopicCatalogue(new TopicSettings("", 1, 3, 2, Duration.ofDays(1), LAG));

        assertThat(safe.changelog()).containsEntry("min.insync.replicas", "2");
        assertThat(safe.repartition()).containsEntry("min.insync.replicas", "2");
    }

    @Test
    void aLagOfAMillisecondIsPossible() {
        var hasty = new TopicCatalogue(new TopicSettings("", 1, 1, 1, Duration.ofDays(1), Duration.ofMillis(1)));

        assertThat(hasty.changelog()).containsEntry("segment.ms", "1");
    }

    @Test
    void channelsAreWhatTheCommandTopologyTellsItself() {
        assertThat(topics.channels())
                .containsExactlyInAnyOrder(
                        topics.claims(),
                        topics.questions(Aggregate.ORGANIZATIONS),
                        topics.questions(Aggregate.USERS),
                        topics.answers(Aggregate.ORGANIZATIONS),
                        topics.answers(Aggregate.USERS),
                        topics.answers(Aggregate.PAYMENTS));
    }

    private Map<String, String> shape(String name) {
        return topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow()
                .configs();
    }

    private static long ms(Map<String, String> configs, String name) {
        return Long.parseLong(configs.get(name));
    }
}
