package cloud.gyroscops.query.user;

import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.query.aggregate.Finding;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.language.Language;
import cloud.gyroscops.schemas.Aggregate;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;

/** {@code /users/{id}}. */
public final class UserResource {

    private static final Parameters DETAILS = Parameters.once("version", "at").andSeveral("token");

    private final Finding finding;
    private final Permissions permissions;

    public UserResource(Finding finding, Permissions permissions) {
        this.finding = finding;
        this.permissions = permissions;
    }

    /** A user, as it is or was; 410 where it is no more. */
    public void get(Context ctx) {
        var given = DETAILS.read(ctx);
        var id = ctx.pathParam("id");
        boolean past = finding.isOfPast(given);
        var view = (UserView) (past ? finding.asItWas(id, given) : finding.latest(id, given));
        var state = view.getState();
        var status = state.getStatus();
        if (status == UserStatus.ERASED || !past && status == UserStatus.DELETED) {
            var when = view.getDeletedAt() == null || status == UserStatus.ERASED
                    ? view.getApplied().getUpdatedAt()
                    : view.getDeletedAt();
            throw Finding.gone(id, status.name().toLowerCase(Locale.ROOT), when);
        }
        var language = Language.of(ctx);
        Answers.json(
                ctx,
                json -> UserJson.details(
                        json,
                        id,
                        view,
                        finding.known().organizationName(state.getOrganizationId()),
                        permissions.of(state.getRoles()),
                        notes(id, view),
                        language));
    }

    /** What was noted with the last change that the view shows. */
    private Map<String, String> notes(String id, UserView view) {
        if (view.getMetadata() != null) {
            return view.getMetadata();
        }
        // Stored by a release that did not keep them there.
        return finding.known().history(Aggregate.USERS, id, view.getApplied().getVersion(), 1).stream()
                .map(event -> event.header().getMetadata())
                .findFirst()
                .orElse(Map.of());
    }
}
