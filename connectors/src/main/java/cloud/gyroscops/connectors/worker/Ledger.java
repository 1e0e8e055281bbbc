package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.schemas.EventKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** What one partition of a worker keeps: aggregates as the target has them, and the work that waits, or is parked. */
final class Ledger {

    static final String RUNS = "runs";

    private static final String PLACE = "%019d";

    private final KeyValueStore<String, MirroredAggregate> aggregates;
    private final KeyValueStore<String, PendingWork> pending;
    private final KeyValueStore<String, PendingWork> parked;
    private final KeyValueStore<String, RunStatus> runs;
    private final Set<String> parkedNames = new HashSet<>();
    private long next = 1;
    private long waiting;

    Ledger(ProcessorContext<?, ?> context) {
        aggregates = store(context, MirrorTopology.AGGREGATES);
        pending = store(context, MirrorTopology.PENDING);
        parked = store(context, MirrorTopology.PARKED);
        runs = store(context, RUNS);
        try (var all = pending.all()) {
            while (all.hasNext()) {
                next = place(all.next().key) + 1;
                waiting++;
            }
        }
        try (var all = parked.all()) {
            while (all.hasNext()) {
                var key = all.next().key;
                parkedNames.add(EventKey.aggregateId(key));
                next = Math.max(next, EventKey.version(key) + 1);
            }
        }
    }

    private static <S extends StateStore> S store(ProcessorContext<?, ?> context, String name) {
        return context.getStateStore(name);
    }

    private static long place(String key) {
        return Long.parseLong(key);
    }

    private static String key(long place) {
        return PLACE.formatted(place);
    }

    Optional<MirroredAggregate> find(Name name) {
        return Optional.ofNullable(aggregates.get(name.toString()));
    }

    void put(Name name, MirroredAggregate aggregate) {
        aggregates.put(name.toString(), aggregate);
    }

    /** So many aggregates behind one, or from the first; in the order of their names. */
    List<Map.Entry<Name, MirroredAggregate>> after(Optional<Name> last, int most) {
        var found = new ArrayList<Map.Entry<Name, MirroredAggregate>>(most);
        try (var rows = last.isPresent() ? aggregates.range(last.get() + "\0", null) : aggregates.all()) {
            while (rows.hasNext() && found.size() < most) {
                var row = rows.next();
                found.add(Map.entry(Name.of(row.key), row.value));
            }
        }
        return found;
    }

    /** Puts work at the end of the line; returns its place. */
    long append(PendingWork work) {
        long place = next++;
        pending.put(key(place), work);
        waiting++;
        return place;
    }

    /** Keeps work at its place. */
    void update(long place, PendingWork work) {
        pending.put(key(place), work);
    }

    PendingWork work(long place) {
        return pending.get(key(place));
    }

    void done(long place) {
        pending.delete(key(place));
        waiting--;
    }

    /** Shows the work from a place on, until told that it is enough. */
    void from(long place, BiConsumer<Long, PendingWork> reader, BooleanSupplier enough) {
        try (var all = pending.range(key(place), null)) {
            while (!enough.getAsBoolean() && all.hasNext()) {
                var each = all.next();
                reader.accept(place(each.key), each.value);
            }
        }
    }

    /** The first of all that waits. */
    Optional<PendingWork> oldest() {
        try (var all = pending.all()) {
            return all.hasNext() ? Optional.of(all.next().value) : Optional.empty();
        }
    }

    /** Parks new work of a parked aggregate, behind what is there. */
    void park(Name name, PendingWork work) {
        parked.put(EventKey.ordered(name.toString(), next++), work);
        parkedNames.add(name.toString());
    }

    /** Parks work of an aggregate that waits, in order. */
    void parkAll(Name name, List<Long> places) {
        for (long place : places) {
            parked.put(EventKey.ordered(name.toString(), place), work(place));
            done(place);
        }
        parkedNames.add(name.toString());
    }

    /** Where work of an aggregate is in line, from a place on. */
    List<Long> places(Name name, long from) {
        var places = new ArrayList<Long>();
        from(
                from,
                (place, work) -> {
                    if (isOf(name, work)) {
                        places.add(place);
                    }
                },
                () -> false);
        return places;
    }

    private static boolean isOf(Name name, PendingWork work) {
        return work.getAggregateId().equals(name.id())
                && work.getAggregateType() == name.aggregate().type();
    }

    /** What is parked of an aggregate, in order, which it is not any more. */
    List<PendingWork> unpark(Name name) {
        var works = new ArrayList<PendingWork>();
        var keys = new ArrayList<String>();
        try (var all =
                parked.range(EventKey.ordered(name.toString(), 0), EventKey.ordered(name.toString(), Long.MAX_VALUE))) {
            while (all.hasNext()) {
                var each = all.next();
                keys.add(each.key);
                works.add(each.value);
            }
        }
        keys.forEach(parked::delete);
        parkedNames.remove(name.toString());
        return works;
    }

    long waiting() {
        return waiting;
    }

    int parkedAggregates() {
        return parkedNames.size();
    }

    Optional<RunStatus> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    void put(RunStatus run) {
        runs.put(run.getRunId(), run);
    }

    void forget(RunStatus run) {
        runs.delete(run.getRunId());
    }

    /** All runs but so many, the latest ones. */
    List<RunStatus> runsBut(int latest) {
        var all = new ArrayList<RunStatus>();
        try (var rows = runs.all()) {
            rows.forEachRemaining(row -> all.add(row.value));
        }
        all.sort(Comparator.comparing(RunStatus::getAt).reversed());
        return all.size() <= latest ? List.of() : List.copyOf(all.subList(latest, all.size()));
    }
}
