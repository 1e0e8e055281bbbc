package cloud.gyroscops.query.feed;

import cloud.gyroscops.query.aggregate.EventChoices;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.problem.Problem;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request for the live feed asks for. All methods throw a {@link Problem} that names the parameter that is not right. */
final class EventParameters {

    private static final Parameters OF_FEED = Parameters.once("start", "lastEventId")
            .andSeveral("aggregateType", "aggregateId", "organizationId", "type");

    private static final Map<String, Boolean> FROM_BEGINNING = Map.of("now", false, "beginning", true);

    private static final int LONGEST_POSITION = 4_096;

    private final Context ctx;
    private final Given given;

    private EventParameters(Context ctx, Given given) {
        this.ctx = ctx;
        this.given = given;
    }

    static EventParameters ofFeed(Context ctx) {
        return new EventParameters(ctx, OF_FEED.read(ctx));
    }

    FeedFilter filter() {
        return new FeedFilter(
                EventChoices.aggregates(given),
                Set.copyOf(given.ids("aggregateId")),
                Set.copyOf(given.ids("organizationId")),
                EventChoices.types(given));
    }

    /** Where the reader has been: as its client remembers, or as it was told itself; none: from now on. */
    Optional<FeedPosition> position(int partitions) {
        boolean fromBeginning = given.choice("start", FROM_BEGINNING).orElse(false);
        var last = Optional.ofNullable(ctx.header("Last-Event-ID"))
                .filter(id -> !id.isBlank())
                .or(() -> given.text("lastEventId", LONGEST_POSITION));
        if (last.isEmpty()) {
            return fromBeginning ? Optional.of(FeedPosition.beginning(partitions)) : Optional.empty();
        }
        try {
            return Optional.of(FeedPosition.parse(last.get(), partitions));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("lastEventId", e.getMessage());
        }
    }
}
