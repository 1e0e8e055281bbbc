package cloud.gyroscops.query.user;

import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.http.ListParameters;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.language.Language;
import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.list.UserQuery;
import cloud.gyroscops.topology.view.list.UserSort;
import io.javalin.http.Context;
import java.util.Map;

/** {@code /organizations/{id}/users}. */
public final class UserListResource {

    private static final int LONGEST_ROLE = 64;
    private static final int LONGEST_TEXT = 200;

    private static final Parameters LIST = Parameters.once("role", "q", "sort", "order", "page", "limit", "cursor")
            .andSeveral("status", "token");

    private static final Map<String, UserSort> SORTS = Map.of(
            "createdAt", UserSort.CREATED_AT,
            "username", UserSort.USERNAME,
            "email", UserSort.EMAIL,
            "lastLoginAt", UserSort.LAST_LOGIN_AT);

    private final Scope scope;
    private final Lists lists;

    public UserListResource(Scope scope, Lists lists) {
        this.scope = scope;
        this.lists = lists;
    }

    /** A page of an organization's users. */
    public void list(Context ctx) {
        var given = LIST.read(ctx);
        var query = query(given);
        var organization = scope.organization(ctx, given);
        var page = lists.users(organization, query);
        var name = scope.known().organizationName(organization);
        var language = Language.of(ctx);
        Answers.json(ctx, json -> {
            ListParameters.write(json, ctx.path(), given, page);
            json.writeArrayFieldStart("users");
            for (var row : page.rows()) {
                UserJson.row(json, row.id(), row.view(), name, language);
            }
            json.writeEndArray();
        });
    }

    private static UserQuery query(Given given) {
        var sort = given.choice("sort", SORTS).orElse(UserSort.CREATED_AT);
        boolean latestFirst = sort == UserSort.CREATED_AT || sort == UserSort.LAST_LOGIN_AT;
        return given.asked(() -> new UserQuery(
                given.choices("status", StatusLabels.byStatus()),
                given.text("role", LONGEST_ROLE).orElse(""),
                given.text("q", LONGEST_TEXT).orElse(""),
                sort,
                ListParameters.descending(given, latestFirst),
                ListParameters.paging(given)));
    }
}
