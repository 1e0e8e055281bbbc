package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;

/** One question on its way to all its partitions, wherever these are. */
final class Asking<A> {

    /** How long partitions are looked for that nobody can answer for: they may be on their way to another instance. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** An instance that is silent for that long, beyond what the question waits, is left for another. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private static final long FIRST_PAUSE_MS = 20;

    private final Question<A> question;
    private final Here here;
    private final Whereabouts whereabouts;
    private final Peers peers;
    private final Reading reading = Reading.current();
    private final Map<Integer, A> answers = new TreeMap<>();
    private final Set<Integer> missing;

    Asking(Question<A> question, Collection<Integer> partitions, Here here, Whereabouts whereabouts, Peers peers) {
        this.question = question;
        this.missing = new TreeSet<>(partitions);
        this.here = here;
        this.whereabouts = whereabouts;
        this.peers = peers;
    }

    /** By partition. */
    Map<Integer, A> answers() {
        return answers;
    }

    Set<Integer> missing() {
        return missing;
    }

    /** Asks until all have answered or patience ends: once for a request whose client takes an answer that lacks some. */
    Asking<A> run(Duration patience) {
        long until = System.nanoTime() + (reading.missing().isEmpty() ? patience.toNanos() : 0);
        for (long pause = FIRST_PAUSE_MS; ; pause *= 2) {
            attempt();
            long left = until - System.nanoTime();
            if (missing.isEmpty() || left <= 0) {
                missing.forEach(partition -> reading.lacks(place(partition)));
                return this;
            }
            LockSupport.parkNanos(Math.min(left, Duration.ofMillis(pause).toNanos()));
        }
    }

    /** Asks each partition's candidates, one after the other, and all partitions at the same time. */
    private void attempt() {
        var candidates = new HashMap<Integer, Deque<HostInfo>>();
        missing.forEach(partition -> candidates.put(partition, candidates(partition)));
        while (!candidates.isEmpty()) {
            var asked = new HashMap<HostInfo, Set<Integer>>();
            candidates.forEach((partition, next) ->
                    asked.computeIfAbsent(next.poll(), host -> new HashSet<>()).add(partition));
            var own = asked.remove(whereabouts.self());
            var elsewhere = asked.entrySet().stream()
                    .map(host -> peers.ask(
                            host.getKey(), forwarded(host.getValue()), ANSWER_WITHIN.plus(question.patience())))
                    .toList();
            if (own != null) {
                own.forEach(partition -> here.answer(question, partition, reading.seen(place(partition)))
                        .ifPresent(answer -> take(partition, answer)));
            }
            elsewhere.stream().map(CompletableFuture::join).forEach(found -> found.forEach(this::take));
            candidates
                    .entrySet()
                    .removeIf(left ->
                            !missing.contains(left.getKey()) || left.getValue().isEmpty());
        }
    }

    private Deque<HostInfo> candidates(int partition) {
        var place = place(partition);
        if (here.worksOn(place)) {
            return new ArrayDeque<>(Set.of(whereabouts.self()));
        }
        var ordered = new ArrayDeque<HostInfo>();
        var suspected = new ArrayDeque<HostInfo>();
        for (var host : whereabouts.candidates(place)) {
            (host.equals(whereabouts.self()) || !peers.suspected(host) ? ordered : suspected).add(host);
        }
        ordered.addAll(suspected);
        return ordered;
    }

    private Forwarded<A> forwarded(Set<Integer> partitions) {
        return new Forwarded<>(
                question,
                partitions,
                partitions.stream()
                        .filter(partition -> !reading.seen(place(partition)).isEmpty())
                        .collect(
                                Collectors.toMap(partition -> partition, partition -> reading.seen(place(partition)))));
    }

    private void take(int partition, Answered<A> answered) {
        if (!missing.remove(partition)) {
            return;
        }
        answers.put(partition, answered.answer());
        answered.staleness().ifPresent(reading::note);
        if (question instanceof AwaitVersion wait && Boolean.TRUE.equals(answered.answer())) {
            reading.saw(place(partition), wait.token());
        }
    }

    private Place place(int partition) {
        return new Place(question.side(), partition);
    }
}
