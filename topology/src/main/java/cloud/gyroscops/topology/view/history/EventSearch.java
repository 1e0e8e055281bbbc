package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.view.history.FoundEvents.Found;
import cloud.gyroscops.topology.view.partition.Questions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds events of all aggregates by type and time, page by page: in the order of time, then of keys. */
public final class EventSearch {

    /** How long a page is filled: what is wanted may be rare. Less than clients wait for an answer. */
    private static final Duration FILLED_FOR = Duration.ofMillis(500);

    private final Questions questions;
    private final Wire wire;
    private final Duration filledFor;

    /** Some events, and where the partitions may have more. */
    private record Stretch(List<Found> events, Optional<EventPlace> next) {

        int bytes() {
            return events.stream().mapToInt(found -> found.event().length).sum();
        }
    }

    public EventSearch(Questions questions, Wire wire) {
        this(questions, wire, FILLED_FOR);
    }

    /** One that begins to look further only so long after it has begun. */
    EventSearch(Questions questions, Wire wire, Duration filledFor) {
        this.questions = questions;
        this.wire = wire;
        this.filledFor = filledFor;
    }

    /** A page of what is wanted; less than a full one, though there may be more, where it is large, or too rare to be found soon. */
    public EventPage find(EventQuery query) {
        long begun = System.nanoTime();
        var found = new ArrayList<Found>();
        var next = query.after().map(EventPlace::parse);
        int bytes = FindEvents.MOST_BYTES;
        do {
            var stretch = stretch(query, next, query.limit() - found.size(), bytes);
            found.addAll(stretch.events());
            bytes -= stretch.bytes();
            next = stretch.next();
        } while (next.isPresent()
                && found.size() < query.limit()
                && bytes > 0
                && System.nanoTime() - begun < filledFor.toNanos());
        return new EventPage(
                found.stream()
                        .map(event -> wire.event(event.place().aggregate(), event.event()))
                        .toList(),
                next.map(EventPlace::cursor));
    }

    private Stretch stretch(EventQuery query, Optional<EventPlace> after, int most, int mostBytes) {
        var order = FindEvents.order(query.newestFirst());
        var answers = questions.askAll(new FindEvents(
                query.types().isEmpty()
                        ? List.copyOf(EventTypes.byName().keySet())
                        : query.types().stream().sorted().toList(),
                query.from(),
                query.to(),
                query.organizationId(),
                query.actor(),
                query.newestFirst(),
                after,
                most));
        // Behind the first place where a partition stopped, that partition may have more.
        var edge = answers.stream().flatMap(answer -> answer.reached().stream()).min(order);
        var found = answers.stream()
                .flatMap(answer -> answer.events().stream())
                .filter(event -> edge.isEmpty() || order.compare(event.place(), edge.get()) <= 0)
                .sorted(Comparator.comparing(Found::place, order))
                .toList();
        var first = found.subList(0, Math.min(most, untilLarge(found, mostBytes)));
        return new Stretch(
                first,
                found.size() > first.size()
                        ? Optional.of(first.get(first.size() - 1).place())
                        : edge);
    }

    /** How many of them are large enough together. */
    private static int untilLarge(List<Found> found, int bytes) {
        int count = 0;
        for (int left = bytes; count < found.size() && left > 0; count++) {
            left -= found.get(count).event().length;
        }
        return count;
    }
}
