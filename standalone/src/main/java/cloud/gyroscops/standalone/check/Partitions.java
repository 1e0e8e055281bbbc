package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.util.List;

/** What belongs together is in partitions of the same number. */
final class Partitions {

    private Partitions() {}

    /**
     * Compares the numbers of partitions; topics that are not there are somebody else's matter.
     *
     * @throws IllegalStateException if two differ; names both
     */
    static void refuseUnequal(Log log, TopicCatalogue topics, Changelogs changelogs) {
        for (var aggregate : Aggregate.values()) {
            var events = topics.events(aggregate);
            int expected = log.spans(events).size();
            for (var other : List.of(topics.commands(aggregate), changelogs.states(aggregate))) {
                int count = log.spans(other).size();
                if (expected != 0 && count != 0 && count != expected) {
                    throw new IllegalStateException(events + " has " + expected + " partitions, but " + other + " has "
                            + count + "; they must have the same number");
                }
            }
        }
    }
}
