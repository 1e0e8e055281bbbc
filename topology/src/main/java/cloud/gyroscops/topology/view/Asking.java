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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;

/** One question on its way to all its partitions, wherever these are. */
final class Asking<A> {

    /** How long partitions are looked for that nobody can answer for: they may be on their way to another instance. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What an answer needs to come back: who waits for another instance to wait should not give up before it does. */
    private static final Duration RETURN = Duration.ofMillis(200);

    private static final long FIRST_PAUSE_MS = 20;

    private final Question<A> question;
    private final Here here;
    private final Whereabouts whereabouts;
    private final Peers peers;
    private final WaitingRoom room;
    private final Reading reading = Reading.current();
    private final Map<Integer, A> answers = new TreeMap<>();
    private final Set<Integer> missing;

    Asking(
            Question<A> question,
            Collection<Integer> partitions,
            Here here,
            Whereabouts whereabouts,
            Peers peers,
            WaitingRoom room) {
        this.question = question;
        this.missing = new TreeSet<>(partitions);
        this.here = here;
        this.whereabouts = whereabouts;
        this.peers = peers;
        this.room = room;
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
        attempts(until, () -> question, this::limit);
        return told();
    }

    /** Asks no longer than that all in all, whoever is silent; and what is asked has no more patience than what is left. */
    Asking<A> runWithin(Duration within) {
        long until = System.nanoTime() + within.toNanos();
        attempts(
                until,
                () -> question.within(left(until)),
                () -> least(limit(), left(until).plus(RETURN)));
        return told();
    }

    private Asking<A> told() {
        missing.forEach(partition -> reading.lacks(place(partition)));
        return this;
    }

    private Duration limit() {
        return question.takes().plus(question.patience());
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void attempts(long until, Supplier<Question<A>> asked, Supplier<Duration> limit) {
        attempt(asked, limit);
        for (long pause = FIRST_PAUSE_MS; !missing.isEmpty() && !left(until).isZero(); pause *= 2) {
            if (!room.pause(least(Duration.ofMillis(pause), left(until)))) {
                return;
            }
            attempt(asked, limit);
        }
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    /** Asks each partition's candidates, one after the other, and all partitions at the same time. */
    private void attempt(Supplier<Question<A>> question, Supplier<Duration> limit) {
        var candidates = new HashMap<Integer, Deque<HostInfo>>();
        missing.forEach(partition -> candidates.put(partition, candidates(partition)));
        while (!candidates.isEmpty()) {
            var asked = new HashMap<HostInfo, Set<Integer>>();
            candidates.forEach((partition, next) ->
                    asked.computeIfAbsent(next.poll(), host -> new HashSet<>()).add(partition));
            var own = asked.remove(whereabouts.self());
            var elsewhere = asked.entrySet().stream()
                    .map(host -> peers.ask(host.getKey(), forwarded(question.get(), host.getValue()), limit.get()))
                    .toList();
            if (own != null) {
                own.forEach(partition -> here.answer(question.get(), partition, reading.seen(place(partition)))
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

    private Forwarded<A> forwarded(Question<A> asked, Set<Integer> partitions) {
        return new Forwarded<>(
                asked,
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
