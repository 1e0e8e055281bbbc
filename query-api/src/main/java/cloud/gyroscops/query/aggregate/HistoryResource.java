package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.history.AuditPlace;
import cloud.gyroscops.topology.view.history.Histories;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** {@code …/{id}/history}, {@code …/{id}/audit} and {@code …/{id}/mirrors}: what happened to an aggregate, page by page. */
public final class HistoryResource {

    /** The most events of a page. */
    public static final int MOST = 1_000;

    private static final long USUAL = 100;

    private static final Parameters PAGE = Parameters.once("from", "limit").andSeveral("token");

    private static final Parameters TRAIL =
            Parameters.once("from", "cursor", "limit").andSeveral("token");

    private static final Parameters OUTCOMES =
            Parameters.once("cursor", "limit").andSeveral("token");

    private static final int LONGEST_CURSOR = 4_096;

    private final Finding finding;
    private final Histories histories;

    public HistoryResource(Finding finding, Histories histories) {
        this.finding = finding;
        this.histories = histories;
    }

    /** The events as they are. */
    public void history(Context ctx) {
        var given = PAGE.read(ctx);
        var id = ctx.pathParam("id");
        long from = from(given);
        int limit = limit(given);
        long latest = ((Applied) finding.latest(id, given).get(0)).getVersion();
        // One more than wanted tells whether there is another page.
        var found = finding.known().history(finding.aggregate(), id, from, limit + 1);
        Answers.json(ctx, json -> {
            json.writeStringField("id", id);
            json.writeArrayFieldStart("events");
            for (var event : found.subList(0, Math.min(limit, found.size()))) {
                json.writeRawValue(AvroToJson.event(event).toString());
            }
            json.writeEndArray();
            writeNext(json, ctx, given, next(found, limit, latest));
        });
    }

    /** Who did what when, and what mirrors made of it. */
    public void audit(Context ctx) {
        var given = TRAIL.read(ctx);
        var id = ctx.pathParam("id");
        var from = place(given);
        int limit = limit(given);
        finding.latest(id, given);
        var trail = histories.audits().trail(finding.aggregate(), id, from, limit);
        Answers.json(ctx, json -> {
            json.writeStringField("id", id);
            json.writeFieldName("entries");
            AuditTrail.write(json, trail.entries());
            if (trail.next().isPresent()) {
                json.writeStringField(
                        "next", AuditTrail.link(given, ctx.path(), trail.next().get()));
            }
        });
    }

    /** What mirrors made of it. */
    public void mirrors(Context ctx) {
        var given = OUTCOMES.read(ctx);
        var id = ctx.pathParam("id");
        var from = place(given).outcomes();
        int limit = limit(given);
        finding.latest(id, given);
        var page = histories.audits().outcomes(finding.aggregate(), id, from, limit);
        Answers.json(ctx, json -> {
            json.writeStringField("id", id);
            json.writeArrayFieldStart("outcomes");
            for (var outcome : page.outcomes()) {
                json.writeRawValue(OutcomeJson.of(outcome).toString());
            }
            json.writeEndArray();
            if (page.next().isPresent()) {
                json.writeStringField(
                        "next", given.link(ctx.path(), "cursor", page.next().get()));
            }
        });
    }

    /** Large events make a short page. */
    private static OptionalLong next(List<EventMessage> found, int limit, long latest) {
        if (found.size() > limit) {
            return OptionalLong.of(found.get(limit).header().getVersion());
        }
        long last =
                found.isEmpty() ? latest : found.get(found.size() - 1).header().getVersion();
        return last < latest ? OptionalLong.of(last + 1) : OptionalLong.empty();
    }

    private static AuditPlace place(Given given) {
        long from = from(given);
        var cursor = given.text("cursor", LONGEST_CURSOR);
        return given.asked(() -> new AuditPlace(from, cursor));
    }

    private static long from(Given given) {
        return given.whole("from", 1, Long.MAX_VALUE).orElse(1L);
    }

    private static int limit(Given given) {
        return given.whole("limit", 1, MOST).orElse(USUAL).intValue();
    }

    private static void writeNext(JsonGenerator json, Context ctx, Given given, OptionalLong next) throws IOException {
        if (next.isPresent()) {
            json.writeStringField("next", given.link(ctx.path(), "from", Long.toString(next.getAsLong())));
        }
    }
}
