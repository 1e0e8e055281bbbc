package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.Views;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/** {@code /organizations}, {@code /users} and {@code /payments}: latest states and histories by id. */
public final class AggregateResource {

    private static final String DELETED = "DELETED";
    private static final int MOST_EVENTS = 1_000;

    private final Aggregate aggregate;
    private final Views views;

    public AggregateResource(Aggregate aggregate, Views views) {
        this.aggregate = aggregate;
        this.views = views;
    }

    /** The latest state; 404 where there never was one, 410 after deletion. */
    public void get(Context ctx) {
        var id = ctx.pathParam("id");
        var view = find(id);
        var applied = (IndexedRecord) view.get(0);
        var state = (SpecificRecord) view.get(1);
        var json = JsonNodeFactory.instance.objectNode().put("id", id);
        AvroToJson.into(json, applied);
        AvroToJson.into(json, state);
        json.put(
                "token",
                aggregate.plural() + "/" + EventKey.of(id, json.get("version").longValue()));
        if (DELETED.equals(json.path("status").textValue())) {
            throw new Problem(
                            410,
                            "Gone",
                            id + " was deleted at " + json.get("updatedAt").textValue())
                    .with("deletedAt", json.get("updatedAt").textValue());
        }
        ctx.contentType("application/json").result(json.toString());
    }

    /** The events in order: {@code from} a version on (1), at most {@code limit} of them (100, up to 1000). */
    public void history(Context ctx) {
        var id = ctx.pathParam("id");
        find(id);
        long from = number(ctx, "from", 1, Long.MAX_VALUE);
        int limit = (int) number(ctx, "limit", 100, MOST_EVENTS);
        var json = JsonNodeFactory.instance.objectNode().put("id", id);
        // One more than wanted tells whether there is another page.
        var found = views.history(aggregate, id, from, limit + 1);
        var events = json.putArray("events");
        found.stream().limit(limit).forEach(event -> events.add(AvroToJson.event(event)));
        if (found.size() > limit) {
            json.put("next", ctx.path() + "?from=" + found.get(limit).header().getVersion() + "&limit=" + limit);
        }
        ctx.contentType("application/json").result(json.toString());
    }

    private SpecificRecord find(String id) {
        return views.find(aggregate, id)
                .orElseThrow(() -> Problem.notFound("there is no " + id + " among the " + aggregate.plural()));
    }

    private static long number(Context ctx, String name, long otherwise, long max) {
        var value = ctx.queryParam(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        throw Problem.badRequest(name, name + " is \"" + value + "\"; it must be a whole number from 1 to " + max);
    }
}
