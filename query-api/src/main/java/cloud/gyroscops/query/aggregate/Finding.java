package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.history.Past;
import cloud.gyroscops.topology.view.history.TimeTravel;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the aggregate that a request is about, once the views have come to the tokens that it brings; throws a
 * {@link Problem} if there is none.
 *
 * @param aggregate its type
 * @param known the latest views
 * @param past the ones that were
 * @param consistency waits for tokens
 */
public record Finding(Aggregate aggregate, Known known, TimeTravel past, Consistency consistency) {

    /** The latest view. */
    public SpecificRecord latest(String id, Given given) {
        await(id, given);
        return known.find(aggregate, id).orElseThrow(() -> notFound(id));
    }

    /** Whether a request is about what was: it has a {@code version} or {@code at}. */
    public boolean isOfPast(Given given) {
        return given.has("version") || given.has("at");
    }

    /** The view as a version left it, or as it was at a moment. */
    public SpecificRecord asItWas(String id, Given given) {
        var version = given.whole("version", 1, Long.MAX_VALUE);
        var moment = given.moment("at");
        if (version.isPresent() && moment.isPresent()) {
            throw Problem.badRequest("at", "at is given together with version; give one of them");
        }
        await(id, given);
        var found = version.isPresent()
                ? past.asOf(aggregate, id, version.get())
                : past.asOf(aggregate, id, moment.orElseThrow());
        if (found instanceof Past.AsItWas was) {
            return was.view();
        }
        if (found instanceof Past.NotYetThere early) {
            throw Problem.notFound(id + " was not there yet; what is known of it begins with version " + early.version()
                    + " at " + early.since());
        }
        if (found instanceof Past.StillToCome ahead) {
            throw Problem.notFound(id + " has not come to version " + version.orElseThrow() + " yet; its latest is "
                    + ahead.version());
        }
        if (found instanceof Past.Erased erased) {
            throw gone(id, "erased", erased.since());
        }
        throw notFound(id);
    }

    /** That there was an aggregate, and is no more. */
    public static Problem gone(String id, String how, Instant when) {
        return new Problem(410, id + " was " + how + " at " + when).with("deletedAt", when.toString());
    }

    private Problem notFound(String id) {
        return Problem.notFound("there is no " + id + " among the " + aggregate.plural());
    }

    private void await(String id, Given given) {
        var tokens = given.tokens();
        if (!tokens.isEmpty()) {
            consistency.ofAggregate(tokens, aggregate, id);
        }
    }
}
