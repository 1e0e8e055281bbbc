package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/** The check of a whole installation. */
public final class Check {

    private Check() {}

    /**
     * Reads everything up to now, waits for what is under way, and reports. Writes nothing, and may run while others work;
     * then the latest events are held against less.
     *
     * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException if there is no such installation
     * @throws IllegalStateException if topics that belong together have other numbers of partitions
     * @throws KafkaException if the cluster does not answer
     */
    public static Report run(KafkaSettings kafka, TopicCatalogue topics, Wire wire, CheckOptions options) {
        try (var log = new KafkaLog(kafka, options.applicationId(), causesFirst(topics, options), events(topics))) {
            return new Checker(log, topics, wire, options).run();
        }
    }

    private static List<String> events(TopicCatalogue topics) {
        return Stream.of(Aggregate.values()).map(topics::events).toList();
    }

    /** What a record caused is in a later topic, and committed with it or after it. */
    private static List<String> causesFirst(TopicCatalogue topics, CheckOptions options) {
        var ordered = new ArrayList<String>();
        Stream.of(Aggregate.values()).map(topics::commands).forEach(ordered::add);
        ordered.add(topics.results());
        ordered.add(topics.deadLetters());
        var changelogs = new Changelogs(options.applicationId());
        Stream.of(Aggregate.values()).map(changelogs::parked).forEach(ordered::add);
        ordered.add(changelogs.claims());
        Stream.of(Aggregate.values()).map(changelogs::states).forEach(ordered::add);
        ordered.addAll(events(topics));
        ordered.addAll(topics.channels());
        return ordered;
    }
}
