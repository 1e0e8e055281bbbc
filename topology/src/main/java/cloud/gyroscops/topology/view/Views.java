package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.view.history.ReadHistory;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Answers from the stores of all instances of a {@link ViewTopology}: from this one where a partition is worked on here;
 * from who works on it; while that is away, from copies, whose staleness the {@link Reading} of this thread tells. All
 * methods throw {@link ViewsNotReadyException} while nobody can answer.
 */
public final class Views implements Questions {

    private final Supplier<Respondents> respondents;
    private final int partitions;
    private final Wire wire;
    private final Duration patience;

    /** Looks that long for partitions that nobody can answer for. */
    Views(Supplier<Respondents> respondents, int partitions, Wire wire, Duration patience) {
        this.respondents = respondents;
        this.partitions = partitions;
        this.wire = wire;
        this.patience = patience;
    }

    /** Answers from the views that the {@link Reading} of the thread is bound to; if to none, from the current ones. */
    public static Views of(Supplier<ViewInstance> current, int partitions, Wire wire) {
        return new Views(
                () -> Reading.current().views().orElseGet(current).respondents(), partitions, wire, Asking.PATIENCE);
    }

    /** Answers from an instance that is alone. */
    public static Views alone(KafkaStreams streams, WorkedPartitions worked, int partitions, Wire wire) {
        var room = new WaitingRoom();
        var local = new LocalViews(streams, worked, Copies.NONE, room);
        var self = new Respondents(local, new Alone(), Peers.NONE, room);
        return new Views(() -> self, partitions, wire, Asking.PATIENCE);
    }

    @Override
    public <A> A ask(String key, Question<A> question) {
        int partition = EventPartitioner.partition(key, partitions);
        var asked = respondents.get();
        return asked.atOnce(question, partition)
                .orElseGet(() -> complete(asked.ask(question, Set.of(partition), patience))
                        .answers()
                        .get(partition));
    }

    /**
     * Whether a version is applied in the partition of a key, waiting for that as long as told at most; not at all if as many
     * wait already as may.
     */
    boolean applied(String key, Side side, Token token, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        var asked = respondents.get();
        // Whoever has nothing to wait for needs no place.
        return await(asked, key, new AwaitVersion(side, token, Duration.ZERO), until)
                || asked.room().during(() -> await(asked, key, new AwaitVersion(side, token, within), until));
    }

    private boolean await(Respondents asked, String key, AwaitVersion version, long until) {
        int partition = EventPartitioner.partition(key, partitions);
        var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        return complete(asked.await(version, partition, left)).answers().get(partition);
    }

    /** Where the {@link Reading} of this thread allows that, partitions that nobody can answer for now are left out, not all. */
    @Override
    public <A> List<A> askAll(Question<A> question) {
        var all = IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
        var asked = respondents.get().ask(question, all, patience);
        boolean enough = Reading.current().allowsPartial() && !asked.answers().isEmpty();
        return List.copyOf((enough ? asked : complete(asked)).answers().values());
    }

    /** The view of an aggregate: {@code OrganizationView}, {@code UserView} or {@code PaymentView}. */
    public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
        return ask(id, new FindView(aggregate, id));
    }

    /** The names of organizations by id, without those that nobody knows or, where answers may lack some, can tell now. */
    public Map<String, String> organizationNames(Collection<String> ids) {
        var among = ids.stream()
                .map(id -> EventPartitioner.partition(id, partitions))
                .collect(Collectors.toSet());
        var names = new HashMap<String, String>();
        var asked = respondents.get().ask(new FindNames(List.copyOf(ids)), among, patience);
        (Reading.current().allowsPartial() ? asked : complete(asked))
                .answers()
                .values()
                .forEach(names::putAll);
        return names;
    }

    /**
     * An aggregate's events in order; fewer than wanted where they are large.
     *
     * @param from the first version wanted, from 1
     * @param most how many at most
     */
    public List<EventMessage> history(Aggregate aggregate, String id, long from, int most) {
        return ask(id, new ReadHistory(aggregate, id, from, most)).stream()
                .map(event -> wire.event(aggregate, event))
                .toList();
    }

    /** The latest result of a command of the last {@link ViewTopology#RESULTS_KEPT}. */
    public Optional<CommandResult> result(String commandId) {
        return ask(commandId, new FindResult(commandId)).map(wire::result);
    }

    private static <A> Asking<A> complete(Asking<A> asked) {
        if (asked.missing().isEmpty()) {
            return asked;
        }
        throw new ViewsNotReadyException("the views are not ready: no instance can answer for partitions "
                + asked.missing() + " now; try again in a moment");
    }
}
