package cloud.gyroscops.query.payment;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.query.aggregate.AuditTrail;
import cloud.gyroscops.query.aggregate.Finding;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.history.AuditPlace;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.StatusChange;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code /payments/{id}}. */
public final class PaymentResource {

    /** Far more than happens to a payment; what is beyond is told where to find. */
    private static final int MOST_EVENTS = 10_000;

    private static final Parameters DETAILS =
            Parameters.once("include", "version", "at").andSeveral("token");

    private static final Parameters REPORT = Parameters.once().andSeveral("token");

    private static final Map<String, Boolean> INCLUDED = Map.of("statusHistory", true);

    private final Finding finding;
    private final Histories histories;
    private final Clock clock;

    public PaymentResource(Finding finding, Histories histories, Clock clock) {
        this.finding = finding;
        this.histories = histories;
        this.clock = clock;
    }

    /** A payment, as it is or was. */
    public void get(Context ctx) {
        var given = DETAILS.read(ctx);
        var id = ctx.pathParam("id");
        boolean withStatuses = given.choice("include", INCLUDED).orElse(false);
        var view = (PaymentView) (finding.isOfPast(given) ? finding.asItWas(id, given) : finding.latest(id, given));
        var name = organizationName(view);
        // Days are counted up to then; a version is shown as of when it was made.
        var now = given.moment("at")
                .orElseGet(() -> given.has("version") ? view.getApplied().getUpdatedAt() : clock.instant());
        Answers.json(ctx, json -> {
            PaymentJson.details(json, id, view, name, now);
            PaymentJson.metadata(json, view.getState().getMetadata());
            if (withStatuses) {
                PaymentJson.statuses(json, statuses(id, view));
            }
        });
    }

    /** All there is to say of a payment: summary, status history, audit trail and metadata. */
    public void report(Context ctx) {
        var given = REPORT.read(ctx);
        var id = ctx.pathParam("id");
        var view = (PaymentView) finding.latest(id, given);
        var name = organizationName(view);
        long version = view.getApplied().getVersion();
        var trail = histories.audits().trail(Aggregate.PAYMENTS, id, AuditPlace.BEGINNING, MOST_EVENTS);
        var entries = trail.entries().stream()
                .filter(entry -> entry.version() <= version)
                .toList();
        var next = trail.next()
                .filter(place -> place.version() <= version || place.outcomes().isPresent());
        Answers.json(ctx, json -> {
            json.writeObjectFieldStart("summary");
            PaymentJson.details(json, id, view, name, clock.instant());
            json.writeEndObject();
            PaymentJson.statuses(json, statuses(id, view));
            json.writeFieldName("auditTrail");
            AuditTrail.write(json, entries);
            PaymentJson.metadata(json, view.getState().getMetadata());
            if (next.isPresent()) {
                json.writeStringField("next", AuditTrail.link(given, "/payments/" + id + "/audit", next.get()));
            }
        });
    }

    /** All of them, which are few; up to what the view shows, which another event may have overtaken meanwhile. */
    private List<StatusChange> statuses(String id, PaymentView view) {
        return histories.statuses(id, 1, Integer.MAX_VALUE - 1).entries().stream()
                .filter(change -> change.version() <= view.getApplied().getVersion())
                .toList();
    }

    private String organizationName(PaymentView view) {
        return finding.known().organizationName(view.getState().getOrganizationId());
    }
}
