package cloud.gyroscops.standalone.erasure;

import cloud.gyroscops.connectors.worker.MirrorTopology;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicShape;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.erasure.PersonalValues;
import cloud.gyroscops.topology.erasure.TopicScan;
import cloud.gyroscops.topology.view.ViewTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;

/** Reads every topic of an installation, and those of its applications' own, as long as Kafka hands them out. */
public final class ErasureSearch implements AutoCloseable {

    /** How Kafka Streams calls what lies between the parts of an application; what was read is deleted. */
    private static final String REPARTITION = "-repartition";

    private final TopicCatalogue topics;
    private final Wire wire;
    private final TopicScan scan;

    /** Reaches for a cluster; nothing is asked yet. */
    public ErasureSearch(KafkaSettings kafka, TopicCatalogue topics, Wire wire) {
        this.topics = topics;
        this.wire = wire;
        this.scan = new TopicScan(kafka, TopicScan.Of.EVERYTHING);
    }

    /**
     * Looks for a user.
     *
     * @param values texts that must not be anywhere, too
     * @throws IllegalStateException if a topic of the installation is not there
     */
    public ErasureReport of(String user, Collection<String> values) {
        var recognition = new Recognition(user, topics, wire);
        var views = topics.prefix() + ViewTopology.APPLICATION;
        scan.topics().stream()
                .flatMapToInt(topic -> ViewTopology.version(views, topic).stream())
                .distinct()
                .forEach(version -> recognition.inViews(ViewTopology.application(views, version)));
        var personal = new PersonalValues(values);
        var traces = new ArrayList<TopicTraces>();
        for (var topic : topicsEventsFirst()) {
            var count = new TraceCount(topic, removal(topic), recognition.of(topic), personal);
            scan.read(scan.ends(scan.partitions(topic)), count::next);
            traces.add(count.traces());
        }
        traces.sort(Comparator.comparing(TopicTraces::topic));
        return new ErasureReport(user, recognition.erased(), traces);
    }

    private Iterable<String> topicsEventsFirst() {
        var there = scan.topics();
        var events = topics.events(Aggregate.USERS);
        var all = new TreeSet<>(
                Comparator.comparing((String topic) -> !topic.equals(events)).thenComparing(Comparator.naturalOrder()));
        topics.all().stream().map(TopicShape::name).forEach(topic -> {
            if (!there.contains(topic)) {
                throw new IllegalStateException("there is no topic " + topic);
            }
            all.add(topic);
        });
        there.stream().filter(this::isInternal).forEach(all::add);
        return all;
    }

    private boolean isInternal(String topic) {
        return (topic.endsWith("-changelog") || topic.endsWith(REPARTITION))
                && (topic.startsWith(topics.prefix() + CommandApplication.NAME + "-")
                        || topic.startsWith(topics.prefix() + ViewTopology.APPLICATION + "-")
                        || topic.startsWith(topics.prefix() + MirrorTopology.FAMILY + "-"));
    }

    private Removal removal(String topic) {
        if (topic.endsWith(REPARTITION)) {
            return Removal.READING;
        }
        return isCompacted(topic) ? Removal.COMPACTION : Removal.NONE;
    }

    private boolean isCompacted(String topic) {
        return topics.all().stream().filter(shape -> shape.name().equals(topic)).allMatch(shape -> shape.configs()
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .contains(TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    @Override
    public void close() {
        scan.close();
    }
}
