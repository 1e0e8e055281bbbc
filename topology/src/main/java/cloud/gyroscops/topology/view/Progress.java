package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the views are, looked at four times a second: what the group has committed, against the ends of what feeds the views;
 * and how much of their changelogs the copies here have loaded. Threads that live say nothing of either.
 */
public final class Progress implements Copies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private static final Duration EVERY = Duration.ofMillis(250);

    /** No look succeeds for that long only if the cluster, or a part of it, cannot be reached; a session lasts about as long. */
    private static final Duration CERTAIN_FOR = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final Layout layout;
    private final Hosts hosts;
    private final WorkedPartitions worked;
    private final Admin admin;
    private final Map<Place, Standing> standings = new HashMap<>();
    private final Set<Place> forgotten = new HashSet<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "views-progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Long lookedAt;
    private Instant timeOfLook;

    Progress(KafkaStreams streams, Layout layout, Hosts hosts, WorkedPartitions worked, Admin admin) {
        this.streams = streams;
        this.layout = layout;
        this.hosts = hosts;
        this.worked = worked;
        this.admin = admin;
    }

    void start() {
        looks.scheduleWithFixedDelay(this::attempt, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether all partitions that this instance is to work on are worked on, come on, and are not far behind. */
    public boolean ready() {
        return hosts.known()
                && Readiness.at(System.nanoTime(), lookedAt).of(hosts.assigned(), worked::contains, this::standing);
    }

    private boolean lookHolds() {
        var looked = lookedAt;
        return looked != null && System.nanoTime() - looked <= Readiness.HOLDS.toNanos();
    }

    private synchronized Optional<Standing> standing(Place place) {
        return Optional.ofNullable(standings.get(place));
    }

    /** All partitions that this instance has, or is to have. */
    public List<ViewProgress> all() {
        var all = new ArrayList<ViewProgress>();
        hosts.assigned()
                .forEach(place -> all.add(progress(
                        place, worked.contains(place) ? ViewProgress.Role.WORKING : ViewProgress.Role.RESTORING)));
        hosts.standbys().forEach(place -> all.add(progress(place, ViewProgress.Role.STANDBY)));
        return all;
    }

    private synchronized ViewProgress progress(Place place, ViewProgress.Role role) {
        var standing = lookHolds() ? standings.get(place) : null;
        return new ViewProgress(
                place.side(),
                place.partition(),
                role,
                standing == null ? OptionalLong.empty() : OptionalLong.of(standing.behind()),
                standing == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                standing.copy().map(Standing.Copy::toLoad).orElse(0L)),
                worked.lastApplied(place),
                Optional.ofNullable(timeOfLook));
    }

    @Override
    public synchronized Optional<Staleness> staleness(Place place) {
        return Optional.ofNullable(standings.get(place)).flatMap(standing -> standing.copy()
                .filter(Standing.Copy::complete)
                .map(copy -> new Staleness(
                        standing.behind() + copy.toLoad(), Duration.ofNanos(System.nanoTime() - lookedAt))));
    }

    @Override
    public Optional<Staleness> doubt(Place place) {
        // Asked with every answer: without a lock unless there is a doubt.
        var looked = lookedAt;
        return looked == null || System.nanoTime() - looked < CERTAIN_FOR.toNanos()
                ? Optional.empty()
                : Optional.of(new Staleness(behind(place), Duration.ofNanos(System.nanoTime() - looked)));
    }

    private synchronized long behind(Place place) {
        var standing = standings.get(place);
        return standing == null ? 0 : standing.behind();
    }

    /** A store is about to be closed: the next one under its name may be empty. */
    synchronized void forget(Place place) {
        standings.remove(place);
        forgotten.add(place);
    }

    private void attempt() {
        try {
            look();
        } catch (ExecutionException | RuntimeException e) {
            // Before the first assignment there are neither topics nor partitions; later a broker may be away.
            LOG.debug("no look at the views' progress this time", e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Positions first and ends last: what is found is behind rather more than less. */
    private void look() throws ExecutionException, InterruptedException {
        synchronized (this) {
            forgotten.clear();
        }
        var places = new ArrayList<>(hosts.assigned());
        places.addAll(hosts.standbys());
        long now = System.nanoTime();
        var loaded = loaded(places);
        var committed = admin.listConsumerGroupOffsets(layout.application())
                .partitionsToOffsetAndMetadata()
                .get();
        var ends = ends(places, loaded.values());
        var found = new HashMap<Place, Standing>();
        for (var place : places) {
            long behind = 0;
            long applied = 0;
            for (var source : layout.sources(place)) {
                var offset = committed.get(source);
                long next = offset == null ? 0 : offset.offset();
                applied += next;
                behind += Math.max(0, ends.get(source) - next);
            }
            var copy = Optional.ofNullable(loaded.get(place)).map(positions -> Standing.Copy.of(positions, ends));
            found.put(place, new Standing(behind, applied, now, copy));
        }
        keep(found, now);
    }

    /** How far the changelogs of copies are loaded. */
    private Map<Place, Map<TopicPartition, Long>> loaded(List<Place> places) {
        var loaded = new HashMap<Place, Map<TopicPartition, Long>>();
        places.stream().filter(place -> !worked.contains(place)).forEach(place -> loaded.put(place, new HashMap<>()));
        if (!loaded.isEmpty()) {
            // Asks a broker, which is spared where there is nothing to load.
            streams.allLocalStorePartitionLags().forEach((store, lags) -> layout.side(store)
                    .ifPresent(side -> lags.forEach((partition, lag) -> {
                        var positions = loaded.get(new Place(side, partition));
                        if (positions != null) {
                            positions.put(layout.changelog(store, partition), lag.currentOffsetPosition());
                        }
                    })));
        }
        return loaded;
    }

    private Map<TopicPartition, Long> ends(List<Place> places, Collection<Map<TopicPartition, Long>> loaded)
            throws ExecutionException, InterruptedException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        places.forEach(place -> layout.sources(place).forEach(source -> wanted.put(source, OffsetSpec.latest())));
        loaded.forEach(
                positions -> positions.keySet().forEach(changelog -> wanted.put(changelog, OffsetSpec.latest())));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private synchronized void keep(Map<Place, Standing> found, long now) {
        found.keySet().removeAll(forgotten);
        found.replaceAll((place, standing) ->
                standings.containsKey(place) ? standings.get(place).next(standing) : standing);
        standings.clear();
        standings.putAll(found);
        lookedAt = now;
        timeOfLook = Instant.now();
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
