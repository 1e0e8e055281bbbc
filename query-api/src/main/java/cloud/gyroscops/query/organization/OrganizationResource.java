package cloud.gyroscops.query.organization;

import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.query.aggregate.Finding;
import cloud.gyroscops.query.aggregate.Progress;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Parameters;
import io.javalin.http.Context;

/** {@code /organizations/{id}}. */
public final class OrganizationResource {

    private static final Parameters DETAILS = Parameters.once("version", "at").andSeveral("token");

    private final Finding finding;

    public OrganizationResource(Finding finding) {
        this.finding = finding;
    }

    /** An organization, as it is or was. */
    public void get(Context ctx) {
        var given = DETAILS.read(ctx);
        var id = ctx.pathParam("id");
        var view =
                (OrganizationView) (finding.isOfPast(given) ? finding.asItWas(id, given) : finding.latest(id, given));
        var state = view.getState();
        Answers.json(ctx, json -> {
            json.writeStringField("id", id);
            Progress.write(json, finding.aggregate(), id, view.getApplied());
            json.writeStringField("status", state.getStatus().name());
            json.writeStringField("name", state.getName());
            if (state.getSuspendedBecause() != null) {
                json.writeStringField("suspendedBecause", state.getSuspendedBecause());
            }
        });
    }
}
