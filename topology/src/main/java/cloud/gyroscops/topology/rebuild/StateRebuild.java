package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.streams.UnfinishedImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Makes the command application's stores again. The group's offsets are deleted before the first changelog, and set
 * after the last: without them the application does not start, so that a rebuild that was killed in between is noticed,
 * and simply begins again.
 */
public final class StateRebuild {

    private static final int PROGRESS_EVERY = 2_000;

    private final Installation installation;
    private final StreamsSettings streams;
    private final CommandSettings settings;
    private final RebuildProgress progress;
    private final TopicCatalogue topics;
    private final Log log;

    /**
     * Prepares a rebuild.
     *
     * @param installation whose topics have as many partitions as its catalogue says
     * @param streams of the command application; its state directory is emptied, and worked in meanwhile
     */
    public StateRebuild(
            Installation installation, StreamsSettings streams, CommandSettings settings, RebuildProgress progress) {
        this.installation = installation;
        this.streams = streams;
        this.settings = settings;
        this.progress = progress;
        this.topics = installation.topics();
        this.log = new Log(installation.kafka());
    }

    /**
     * Does it.
     *
     * @throws IllegalStateException if the command application runs, or if the topics are not as they must be; nothing is
     *     lost, and the application does not start before a rebuild has come to its end
     */
    public RebuildSummary run() {
        long began = System.nanoTime();
        try (var admin = Admin.create(installation.kafka().with(Map.of()));
                var pile = new Pile(streams.stateDirectory().resolve(streams.applicationId() + ".rebuild"))) {
            var group = new Group(admin, streams.applicationId());
            group.refuseMembers();
            new UnfinishedImport(admin, streams.applicationId()).refuse();
            group.endTransactions();
            var ends = log.settledEnds(log.partitions(inputs()));
            var gathering = gather(admin, pile, ends);
            group.deleteOffsets();
            refuseMore(ends);
            var changelogs = changelogs(admin);
            changelogs.delete(admin);
            changelogs.create(admin);
            Spill.delete(streams.stateDirectory().resolve(streams.applicationId()));
            var making = make(pile, gathering, changelogs);
            group.setOffsets(offsets(gathering));
            return making.summary(gathering.events(), (System.nanoTime() - began) / 1e9);
        }
    }

    /** Kept as often as the commands are. */
    private Changelogs changelogs(Admin admin) {
        var usual = CommandApplication.changelogs(installation, streams);
        return Replication.of(admin, topics.commands(Aggregate.USERS))
                .map(like -> {
                    var configs = new HashMap<>(usual.configs());
                    configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(like.minInSync()));
                    return new Changelogs(
                            usual.applicationId(), usual.stores(), usual.partitions(), like.factor(), configs);
                })
                .orElse(usual);
    }

    private List<String> inputs() {
        return Stream.concat(
                        Stream.of(topics.results(), topics.deadLetters()),
                        Stream.of(Aggregate.values())
                                .flatMap(aggregate -> Stream.of(topics.events(aggregate), topics.commands(aggregate))))
                .toList();
    }

    private Gathering gather(Admin admin, Pile pile, Map<TopicPartition, Long> ends) {
        var commands = Stream.of(Aggregate.values()).map(topics::commands).toList();
        var gathering = new Gathering(
                topics, installation.wire(), pile, log.begins(of(ends, commands).keySet()), oldestResult(admin));
        read("results", of(ends, List.of(topics.results())), gathering::result);
        read("dead letters", of(ends, List.of(topics.deadLetters())), gathering::deadLetter);
        read("commands", of(ends, commands), gathering::command);
        read(
                "events",
                of(ends, Stream.of(Aggregate.values()).map(topics::events).toList()),
                gathering::event);
        return gathering;
    }

    private static Map<TopicPartition, Long> of(Map<TopicPartition, Long> ends, Collection<String> names) {
        return ends.entrySet().stream()
                .filter(end -> names.contains(end.getKey().topic()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void read(String what, Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long all = ends.values().stream().mapToLong(Long::longValue).sum()
                - log.begins(ends.keySet()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        var read = new long[1];
        log.read(ends, record -> {
            reader.accept(record);
            if (++read[0] % PROGRESS_EVERY == 0) {
                progress.at("reading " + what, read[0], all);
            }
        });
    }

    /** Commands that are older may have lost their results: those are kept as long, but go in another order. */
    private long oldestResult(Admin admin) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topics.results());
        try {
            var retention = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(TopicConfig.RETENTION_MS_CONFIG);
            long kept = Long.parseLong(retention.value());
            return kept < 0 ? Long.MIN_VALUE : System.currentTimeMillis() - kept;
        } catch (ExecutionException e) {
            throw new KafkaException("the settings of " + topics.results() + " could not be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Only the command application writes these. */
    private void refuseMore(Map<TopicPartition, Long> ends) {
        var written = of(
                ends,
                Stream.concat(
                                Stream.of(topics.results()),
                                Stream.of(Aggregate.values()).map(topics::events))
                        .toList());
        log.ends(written.keySet()).forEach((partition, end) -> {
            if (end > written.get(partition)) {
                throw new IllegalStateException("somebody has written to " + partition
                        + " meanwhile; stop the command topology, and run the rebuild again");
            }
        });
    }

    private Making make(Pile pile, Gathering gathering, Changelogs changelogs) {
        var history = SchemaHistory.load();
        try (var writer = new Writer(installation.kafka())) {
            var making = new Making(
                    pile, installation.wire(), changelogs, settings.recentCommands(), history, writer::write);
            var models = AggregateModel.all(settings.paymentTimeToLive(), history);
            long all = (long) models.size() * topics.partitions();
            long done = 0;
            for (var model : models) {
                var commands = topics.commands(model.aggregate());
                for (int partition = 0; partition < topics.partitions(); partition++) {
                    making.partition(
                            model, commands, partition, gathering.next(new TopicPartition(commands, partition)));
                    progress.at("writing stores", ++done, all);
                }
            }
            making.claims();
            writer.flush();
            return making;
        }
    }

    /** What was not taken in comes next; what partitions had told each other is told again. */
    private Map<TopicPartition, Long> offsets(Gathering gathering) {
        var channels = new ArrayList<>(
                List.of(topics.claims(), topics.questions(Aggregate.ORGANIZATIONS), topics.questions(Aggregate.USERS)));
        Stream.of(Aggregate.values()).map(topics::answers).forEach(channels::add);
        var offsets = new HashMap<>(log.ends(log.partitions(channels)));
        for (var aggregate : Aggregate.values()) {
            log.partitions(List.of(topics.commands(aggregate)))
                    .forEach(partition -> offsets.put(partition, gathering.next(partition)));
        }
        return offsets;
    }
}
