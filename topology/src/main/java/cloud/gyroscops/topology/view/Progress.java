package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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

    /** Who does not answer by then is away; the others are not kept waiting. */
    private static final int WITHIN_MS = 1_000;

    /** No look succeeds for that long only if the cluster, or a part of it, cannot be reached; a session lasts about as long. */
    private static final Duration CERTAIN_FOR = Duration.ofSeconds(5);

    private final Layout layout;
    private final Hosts hosts;
    private final WorkedPartitions worked;
    private final Admin admin;
    private final Loaded loaded;
    private final Ends ends;
    private final Standings standings = new Standings();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(work -> Progress.daemon(work, "views-progress"));
    private volatile Long lookedAt;
    private volatile Instant timeOfLook;

    Progress(KafkaStreams streams, Layout layout, Hosts hosts, WorkedPartitions worked, Admin admin) {
        this.layout = layout;
        this.hosts = hosts;
        this.worked = worked;
        this.admin = admin;
        this.loaded = new Loaded(streams, layout);
        this.ends = new Ends(admin);
    }

    static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        looks.scheduleWithFixedDelay(this::attempt, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether all partitions that this instance is to work on are worked on, come on, and are not far behind. */
    public boolean ready() {
        return hosts.known()
                && Readiness.at(System.nanoTime(), lookedAt).of(hosts.assigned(), worked::contains, standings::of);
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

    private ViewProgress progress(Place place, ViewProgress.Role role) {
        var standing =
                standings.of(place).filter(known -> since(known.lookedAt()).compareTo(Readiness.HOLDS) <= 0);
        return new ViewProgress(
                place.side(),
                place.partition(),
                role,
                standing.stream().mapToLong(Standing::behind).findFirst(),
                standing.stream()
                        .mapToLong(
                                known -> known.copy().map(Standing.Copy::toLoad).orElse(0L))
                        .findFirst(),
                worked.lastApplied(place),
                Optional.ofNullable(timeOfLook));
    }

    @Override
    public Optional<Staleness> staleness(Place place) {
        return standings.of(place).flatMap(standing -> standing.copy()
                .filter(Standing.Copy::complete)
                .map(copy -> new Staleness(standing.behind() + copy.toLoad(), since(standing.lookedAt()))));
    }

    @Override
    public boolean holds(Place place, long time) {
        return standings
                .of(place)
                .flatMap(Standing::copy)
                .filter(copy -> copy.holds(time))
                .isPresent();
    }

    @Override
    public Optional<Staleness> doubt(Place place) {
        var standing = standings.of(place);
        var looked = standing.map(Standing::lookedAt).orElse(lookedAt);
        if (looked == null || since(looked).compareTo(CERTAIN_FOR) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Staleness(standing.map(Standing::behind).orElse(0L), since(looked)));
    }

    private static Duration since(long time) {
        return Duration.ofNanos(System.nanoTime() - time);
    }

    /** A store is about to be closed: the next one under its name may be empty. */
    void forget(Place place) {
        standings.forget(place);
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
        standings.begin();
        var places = new ArrayList<>(hosts.assigned());
        places.addAll(hosts.standbys());
        long now = System.nanoTime();
        var copied = loaded.look(
                places.stream().filter(place -> !worked.contains(place)).toList());
        var committed = admin.listConsumerGroupOffsets(
                        layout.application(), new ListConsumerGroupOffsetsOptions().timeoutMs(WITHIN_MS))
                .partitionsToOffsetAndMetadata()
                .get();
        var wanted = new HashSet<TopicPartition>();
        places.forEach(place -> wanted.addAll(layout.sources(place)));
        copied.values().forEach(positions -> wanted.addAll(positions.keySet()));
        var known = ends.look(wanted, now);
        var found = new HashMap<Place, Standing>();
        for (var place : places) {
            var positions = Optional.ofNullable(copied.get(place));
            if (known.keySet().containsAll(layout.sources(place))
                    && known.keySet().containsAll(positions.orElse(Map.of()).keySet())) {
                found.put(place, standing(place, committed, known, positions, now));
            }
        }
        standings.keep(places, found);
        if (!found.isEmpty() || places.isEmpty()) {
            lookedAt = now;
            timeOfLook = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private Standing standing(
            Place place,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Ends.End> known,
            Optional<Map<TopicPartition, Long>> positions,
            long now) {
        long behind = 0;
        long applied = 0;
        for (var source : layout.sources(place)) {
            var offset = committed.get(source);
            long next = offset == null ? 0 : offset.offset();
            applied += next;
            behind += Math.max(0, known.get(source).decided() - next);
        }
        return new Standing(behind, applied, now, positions.map(all -> Standing.Copy.of(all, known, now)));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        loaded.close();
        admin.close(Duration.ofSeconds(1));
    }
}
