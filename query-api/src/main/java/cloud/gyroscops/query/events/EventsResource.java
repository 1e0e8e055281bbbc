package cloud.gyroscops.query.events;

import cloud.gyroscops.query.aggregate.EventChoices;
import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.feed.FeedResource;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.http.ListParameters;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.history.EventQuery;
import cloud.gyroscops.topology.view.history.EventSearch;
import cloud.gyroscops.topology.view.history.EventTypes;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /events}: by type and time, whatever the aggregate; and as they come. */
public final class EventsResource {

    private static final long USUAL = 100;
    private static final int LONGEST_ACTOR = 255;
    private static final int LONGEST_CURSOR = 4_096;

    private static final Parameters PAGE = Parameters.once(
                    "from", "to", "organizationId", "actor", "order", "limit", "cursor", Scope.PARTIAL)
            .andSeveral("aggregateType", "type", "token");

    private final Scope scope;
    private final EventSearch search;
    private final FeedResource feed;

    public EventsResource(Scope scope, EventSearch search, FeedResource feed) {
        this.scope = scope;
        this.search = search;
        this.feed = feed;
    }

    /** Events as the client accepts them: as they come, or page by page. */
    public void get(Context ctx) throws InterruptedException, IOException {
        ctx.res().addHeader("Vary", "Accept");
        if (FeedResource.wanted(ctx)) {
            feed.follow(ctx);
        } else {
            list(ctx);
        }
    }

    private void list(Context ctx) {
        var given = PAGE.read(ctx);
        var query = query(given);
        scope.everything(given);
        var page = search.find(query);
        Answers.json(ctx, json -> {
            json.writeArrayFieldStart("events");
            for (var event : page.events()) {
                json.writeRawValue(AvroToJson.event(event).toString());
            }
            json.writeEndArray();
            if (page.next().isPresent()) {
                json.writeStringField(
                        "next", given.link(ctx.path(), "cursor", page.next().get()));
            }
        });
    }

    private static EventQuery query(Given given) {
        return given.asked(() -> new EventQuery(
                types(given),
                given.moment("from").orElse(EventQuery.EVER_SINCE),
                given.moment("to").orElse(EventQuery.FOR_EVER),
                given.id("organizationId"),
                given.text("actor", LONGEST_ACTOR),
                ListParameters.descending(given, false),
                given.whole("limit", 1, EventQuery.MOST).orElse(USUAL).intValue(),
                given.text("cursor", LONGEST_CURSOR)));
    }

    /** Those that are named; else all of the aggregates that are. */
    private static Set<String> types(Given given) {
        var aggregates = EventChoices.aggregates(given);
        var types = EventChoices.types(given);
        return types.isEmpty() && !aggregates.isEmpty()
                ? EventTypes.byName().entrySet().stream()
                        .filter(type -> aggregates.contains(type.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())
                : types;
    }
}
