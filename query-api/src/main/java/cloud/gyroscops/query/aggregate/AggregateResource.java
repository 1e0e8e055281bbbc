package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.Views;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/** {@code /organizations}, {@code /users} and {@code /payments}: latest states and histories by id. */
public final class AggregateResource {

    private static final Set<String> GONE = Set.of("DELETED", "ERASED");
    private static final int MOST_EVENTS = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = 2_000_000;

    private final Aggregate aggregate;
    private final Views views;

    public AggregateResource(Aggregate aggregate, Views views) {
        this.aggregate = aggregate;
        this.views = views;
    }

    /** The latest state; 404 where there never was one, 410 after deletion or erasure. */
    public void get(Context ctx) {
        var id = ctx.pathParam("id");
        var view = find(ctx, id);
        var applied = (IndexedRecord) view.get(0);
        var state = (SpecificRecord) view.get(1);
        var json = JsonNodeFactory.instance.objectNode().put("id", id);
        AvroToJson.into(json, applied);
        AvroToJson.into(json, state);
        json.put(
                "token",
                aggregate.plural() + "/" + EventKey.of(id, json.get("version").longValue()));
        var status = json.path("status").asText();
        if (GONE.contains(status)) {
            throw new Problem(
                            410,
                            "Gone",
                            id + " was " + status.toLowerCase(Locale.ROOT) + " at "
                                    + json.get("updatedAt").textValue())
                    .with("deletedAt", json.get("updatedAt").textValue());
        }
        ctx.contentType("application/json").result(json.toString());
    }

    /** The events in order: {@code from} a version on (1), at most {@code limit} of them (100, up to 1000). */
    public void history(Context ctx) {
        var id = ctx.pathParam("id");
        find(ctx, id);
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

    /**
     * With {@code token}, which a result has, as soon as the view has come that far; 503 if that is not soon. Tokens of
     * other aggregates cannot matter here and are ignored.
     */
    private SpecificRecord find(Context ctx, String id) {
        var token = ctx.queryParam("token");
        var mine = aggregate.plural() + "/" + id + "@";
        if (token != null && token.startsWith(mine)) {
            awaitVersion(id, version(token, mine));
        }
        return find(id);
    }

    private static long version(String token, String before) {
        try {
            return Long.parseLong(token.substring(before.length()));
        } catch (NumberFormatException e) {
            throw Problem.badRequest("token", "token is \"" + token + "\"; it must be one like users/u-1@7");
        }
    }

    private void awaitVersion(String id, long version) {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (views.find(aggregate, id).map(AggregateResource::version).orElse(0L) < version) {
            if (System.nanoTime() > until) {
                throw Problem.unavailable("the view has not come to version " + version + " of " + id + " yet");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static long version(SpecificRecord view) {
        return ((Applied) view.get(0)).getVersion();
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
