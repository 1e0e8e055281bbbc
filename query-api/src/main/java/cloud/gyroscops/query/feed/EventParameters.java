package cloud.gyroscops.query.feed;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.history.EventTypes;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a request for the live feed asks for. All methods throw a {@link Problem} that names the parameter that is not right. */
final class EventParameters {

    private static final Set<String> OF_FEED =
            Set.of("aggregateType", "aggregateId", "organizationId", "type", "start", "lastEventId");

    private final Context ctx;

    private EventParameters(Context ctx, Set<String> known) {
        this.ctx = ctx;
        for (var name : ctx.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw Problem.badRequest(
                        name,
                        "there is no parameter \"" + name + "\" here; there are "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    static EventParameters ofFeed(Context ctx) {
        return new EventParameters(ctx, OF_FEED);
    }

    FeedFilter filter() {
        return new FeedFilter(aggregates(), all("aggregateId"), all("organizationId"), types());
    }

    /** Where the reader has been: as its client remembers, or as it was told itself; none: from now on. */
    Optional<FeedPosition> position(int partitions) {
        var start = one("start").orElse("now");
        if (!Set.of("now", "beginning").contains(start)) {
            throw Problem.badRequest("start", "start is \"" + start + "\"; it must be now or beginning");
        }
        var last = Optional.ofNullable(ctx.header("Last-Event-ID"))
                .filter(id -> !id.isBlank())
                .or(() -> one("lastEventId"));
        if (last.isEmpty()) {
            return start.equals("now") ? Optional.empty() : Optional.of(FeedPosition.beginning(partitions));
        }
        try {
            return Optional.of(FeedPosition.parse(last.get(), partitions));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("lastEventId", e.getMessage());
        }
    }

    private Set<Aggregate> aggregates() {
        return all("aggregateType").stream()
                .map(name -> Aggregate.named(name)
                        .orElseThrow(() -> Problem.badRequest(
                                "aggregateType",
                                "aggregateType is \"" + name + "\"; it must be organizations, users or payments")))
                .collect(Collectors.toSet());
    }

    private Set<String> types() {
        var aggregates = aggregates();
        var types = all("type");
        for (var type : types) {
            var aggregate = EventTypes.aggregateOf(type)
                    .orElseThrow(() -> Problem.badRequest(
                            "type",
                            "type is \"" + type + "\"; it must be one of "
                                    + String.join(", ", EventTypes.byName().keySet())));
            if (!aggregates.isEmpty() && !aggregates.contains(aggregate)) {
                throw Problem.badRequest(
                        "type", "type is \"" + type + "\"; it happens to " + aggregate.plural() + " only");
            }
        }
        return types;
    }

    private Optional<String> one(String name) {
        var values = ctx.queryParams(name);
        if (values.size() > 1) {
            throw Problem.badRequest(name, name + " is there " + values.size() + " times; once is enough");
        }
        return values.stream().findFirst();
    }

    /** Several may come one by one, or separated by commas. */
    private Set<String> all(String name) {
        return ctx.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
