package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.Consistency;
import io.javalin.http.Context;

/**
 * What a query over many is about: an organization, or everything.
 *
 * @param known tells which organizations there are
 * @param consistency waits for the tokens that a request brings
 */
public record Scope(Known known, Consistency consistency) {

    /** The organization in a request's path, once its lists and figures have come to the tokens; throws if there is none. */
    public String organization(Context ctx, Given given) {
        var id = ctx.pathParam("id");
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofOrganization(tokens, id);
        }
        if (known.find(Aggregate.ORGANIZATIONS, id).isEmpty()) {
            throw Problem.notFound("there is no " + id + " among the organizations");
        }
        return id;
    }

    /** Waits for the lists and figures of all organizations. */
    public void allOrganizations(Given given) {
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofAllOrganizations(tokens);
        }
    }

    /** Waits for the sums over everything, and for events. */
    public void everything(Given given) {
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofEverything(tokens);
        }
    }
}
