package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.view.history.FoundEvents.Found;
import cloud.gyroscops.topology.view.partition.Questions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds events of all aggregates by type and time, page by page: in the order of time, then of keys. */
public final class EventSearch {

    private final Questions questions;
    private final Wire wire;

    public EventSearch(Questions questions, Wire wire) {
        this.questions = questions;
        this.wire = wire;
    }

    /** How many of them make a page that is large enough. */
    private static int untilLarge(List<Found> found) {
        int count = 0;
        for (int bytes = 0; count < found.size() && bytes < FindEvents.MOST_BYTES; count++) {
            bytes += found.get(count).event().length;
        }
        return count;
    }

    /** A page of what is wanted. */
    public EventPage find(EventQuery query) {
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
                query.after().map(EventPlace::parse),
                query.limit()));
        // Behind the first place where a partition stopped, that partition may have more.
        var edge = answers.stream().flatMap(answer -> answer.reached().stream()).min(order);
        var found = answers.stream()
                .flatMap(answer -> answer.events().stream())
                .filter(event -> edge.isEmpty() || order.compare(event.place(), edge.get()) <= 0)
                .sorted(Comparator.comparing(Found::place, order))
                .toList();
        var page = found.subList(0, Math.min(query.limit(), untilLarge(found)));
        var next = found.size() > page.size()
                ? Optional.of(page.get(page.size() - 1).place())
                : edge;
        return new EventPage(
                page.stream()
                        .map(event -> wire.event(event.place().aggregate(), event.event()))
                        .toList(),
                next.map(EventPlace::cursor));
    }
}
