package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.Reading;
import io.javalin.http.Context;
import java.util.Map;

/**
 * What a query over many is about: an organization, or everything.
 *
 * @param known tells which organizations there are
 * @param consistency waits for the tokens that a request brings
 */
public record Scope(Known known, Consistency consistency) {

    /** The parameter of queries over all partitions whose answer may lack some. */
    public static final String PARTIAL = "allowPartial";

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

    /** Waits for the lists and figures of all organizations; from here on the answer may lack some if the client says so. */
    public void allOrganizations(Given given) {
        allowPartial(given);
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofAllOrganizations(tokens);
        }
    }

    /** The same for the sums over everything, and for events. */
    public void everything(Given given) {
        allowPartial(given);
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofEverything(tokens);
        }
    }

    private static void allowPartial(Given given) {
        if (given.choice(PARTIAL, Map.of("true", true, "false", false)).orElse(false)) {
            Reading.current().allowPartial();
        }
    }
}
