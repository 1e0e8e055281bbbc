package cloud.gyroscops.query.model;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Events of all aggregates. */
final class EventQueries {

    private EventQueries() {}

    /**
     * Which events are wanted.
     *
     * @param types none: any
     * @param from null: from the beginning
     * @param to null: up to now
     * @param organizationId empty: of any
     * @param actor empty: by anybody
     */
    record Wanted(List<String> types, Instant from, Instant to, String organizationId, String actor, boolean newest) {

        private boolean has(EventMessage event) {
            var header = event.header();
            return (types.isEmpty()
                            || types.contains(event.payload().getSchema().getName()))
                    && (from == null || !header.getOccurredAt().isBefore(from))
                    && (to == null || header.getOccurredAt().isBefore(to))
                    && (organizationId.isEmpty() || organizationId.equals(header.getOrganizationId()))
                    && (actor.isEmpty() || actor.equals(header.getActor()));
        }

        private String parameters() {
            var text = new StringBuilder("&order=").append(newest ? "desc" : "asc");
            types.forEach(type -> text.append("&type=").append(type));
            text.append(from == null ? "" : "&from=" + from).append(to == null ? "" : "&to=" + to);
            text.append(organizationId.isEmpty() ? "" : "&organizationId=" + organizationId);
            return text.append(actor.isEmpty() ? "" : "&actor=" + actor).toString();
        }
    }

    static Query events(Wanted wanted, int limit) {
        return Query.of("/events?limit=" + limit + wanted.parameters(), (story, now, asked) -> {
            var order = Comparator.<EventMessage, Instant>comparing(
                            event -> event.header().getOccurredAt())
                    .thenComparing(event -> EventKey.ordered(
                            event.header().getAggregateId(), event.header().getVersion()))
                    .thenComparing(event -> Aggregate.of(event.header().getAggregateType()));
            Expect.anyPages(
                    story.all().stream()
                            .filter(wanted::has)
                            .sorted(wanted.newest ? order.reversed() : order)
                            .map(AvroToJson::event)
                            .toList(),
                    "events",
                    limit,
                    asked);
        });
    }
}
