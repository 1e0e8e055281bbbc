package cloud.gyroscops.query.user;

import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Days;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.topology.view.figures.Figures;
import cloud.gyroscops.topology.view.figures.UserAnalytics;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code …/users/analytics}: figures of users that were created in a range of days. */
public final class UserAnalyticsResource {

    private static final long USUAL_ORGANIZATIONS = 20;
    private static final int MOST_ORGANIZATIONS = 200;

    private static final Parameters DAYS = Parameters.once("from", "to", "zone").andSeveral("token");

    private static final Parameters ALL_DAYS = DAYS.andOnce(Scope.PARTIAL);

    private static final Parameters PAGE = ALL_DAYS.andOnce("after", "limit");

    private final Scope scope;
    private final Figures figures;

    public UserAnalyticsResource(Scope scope, Figures figures) {
        this.scope = scope;
        this.figures = figures;
    }

    /** Of an organization. */
    public void ofOrganization(Context ctx) {
        var given = DAYS.read(ctx);
        var days = Days.of(given);
        var analytics = figures.users(scope.organization(ctx, given), days);
        Answers.json(ctx, json -> write(json, analytics));
    }

    /** Of all users. */
    public void ofEverything(Context ctx) {
        var given = ALL_DAYS.read(ctx);
        var days = Days.of(given);
        scope.everything(given);
        var analytics = figures.users(days);
        Answers.json(ctx, json -> write(json, analytics));
    }

    /** Of each organization, page by page. */
    public void byOrganization(Context ctx) {
        var given = PAGE.read(ctx);
        var days = Days.of(given);
        var after = given.id("after").orElse("");
        int limit = given.whole("limit", 1, MOST_ORGANIZATIONS)
                .orElse(USUAL_ORGANIZATIONS)
                .intValue();
        scope.allOrganizations(given);
        // One more than wanted tells whether there is another page.
        var found = figures.usersByOrganization(after, limit + 1, days, true);
        var page = found.subList(0, Math.min(limit, found.size()));
        var names = scope.known()
                .organizationNames(page.stream()
                        .map(Figures.OfOrganization::organizationId)
                        .toList());
        Answers.json(ctx, json -> {
            json.writeArrayFieldStart("organizations");
            for (var each : page) {
                json.writeStartObject();
                json.writeStringField("organizationId", each.organizationId());
                var name = names.get(each.organizationId());
                if (name != null) {
                    json.writeStringField("organizationName", name);
                }
                write(json, each.users());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (found.size() > limit) {
                json.writeStringField(
                        "next",
                        given.link(ctx.path(), "after", page.get(limit - 1).organizationId()));
            }
        });
    }

    static void write(JsonGenerator json, UserAnalytics users) throws IOException {
        json.writeNumberField("total", users.total());
        json.writeNumberField("active", users.active());
        json.writeNumberField("inactive", users.inactive());
        json.writeNumberField("verified", users.verified());
        json.writeNumberField("unverified", users.unverified());
        json.writeNumberField("withLogin", users.withLogin());
        json.writeNumberField("activationRate", users.activationRate());
        json.writeNumberField("verificationRate", users.verificationRate());
        json.writeNumberField("loginRate", users.loginRate());
        json.writeArrayFieldStart("daily");
        for (var day : users.daily()) {
            json.writeStartObject();
            json.writeStringField("date", day.date().toString());
            json.writeNumberField("count", day.count());
            json.writeNumberField("active", day.active());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("roles");
        for (var role : users.roles()) {
            json.writeStartObject();
            json.writeStringField("role", role.role());
            json.writeNumberField("count", role.count());
            json.writeNumberField("percentage", role.percentage());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
