package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be called, as functions of parameters; the caller holds the books' monitor. */
final class Api {

    private static final int PAGE = 10;
    private static final int LARGEST_PAGE = 100;

    final Books books;
    final Customers customers;
    final Intents intents;
    final Refunds refunds;

    private final Duration searchLag;

    /** With how long it takes until a new object can be searched for. */
    Api(Books books, Duration searchLag) {
        this.books = books;
        this.searchLag = searchLag;
        var charges = new Charges(books);
        customers = new Customers(books);
        intents = new Intents(books, charges);
        refunds = new Refunds(books, charges);
    }

    ObjectNode retrieve(Shelf shelf, String id, String param, Form form) {
        return expanded(shelf.get(id, param).deepCopy(), form, "");
    }

    ObjectNode list(Shelf shelf, String url, Form form) {
        form.allow(Set.of("limit", "starting_after", "customer", "created", "payment_intent", "charge", "email"));
        Predicate<ObjectNode> wanted = object -> true;
        for (var field : List.of("customer", "payment_intent", "charge", "email")) {
            var value = form.text(field);
            if (value.isPresent()) {
                wanted = wanted.and(object -> object.path(field).asText("").equals(value.get()));
            }
        }
        long from = form.number("created[gte]")
                .orElse(form.number("created[gt]").map(at -> at + 1).orElse(0L));
        long until = form.number("created[lte]")
                .orElse(form.number("created[lt]").map(at -> at - 1).orElse(Long.MAX_VALUE));
        var found = shelf.newestFirst(form.text("starting_after"))
                .takeWhile(object -> object.path("created").asLong() >= from)
                .filter(object -> object.path("created").asLong() <= until)
                .filter(wanted);
        return page("list", url, form, found);
    }

    ObjectNode search(Shelf shelf, String url, Form form) {
        form.allow(Set.of("query", "limit", "page"));
        long latest = books.now().minus(searchLag).getEpochSecond();
        var found = shelf.newestFirst(form.text("page"))
                .filter(object -> searchLag.isZero() || object.path("created").asLong() <= latest)
                .filter(Search.parse(form.required("query")));
        var page = page("search_result", url, form, found);
        var data = page.withArray("data");
        page.put(
                "next_page",
                page.path("has_more").asBoolean()
                        ? data.get(data.size() - 1).path("id").asText()
                        : null);
        return page;
    }

    private ObjectNode page(String type, String url, Form form, Stream<ObjectNode> found) {
        long limit = form.number("limit").orElse((long) PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Rejection.invalid(
                    "parameter_invalid_integer", "limit", "This value must be between 1 and " + LARGEST_PAGE + ".");
        }
        var objects = found.limit(limit + 1).toList();
        var page = Shapes.JSON.createObjectNode().put("object", type).put("url", url);
        page.put("has_more", objects.size() > limit);
        var data = page.putArray("data");
        objects.stream().limit(limit).forEach(object -> data.add(expanded(object.deepCopy(), form, "data.")));
        return page;
    }

    /** Puts objects in the place of their ids where that was asked for. */
    ObjectNode expanded(ObjectNode copy, Form form, String prefix) {
        for (var item : form.items("expand")) {
            var field = item.startsWith(prefix) ? item.substring(prefix.length()) : item;
            var expanded =
                    switch (field) {
                        case "customer" -> customer(copy.path(field).asText(""));
                        case "latest_charge", "charge" ->
                            books.charges.find(copy.path(field).asText(""));
                        case "payment_intent" ->
                            books.intents.find(copy.path(field).asText(""));
                        default ->
                            throw Rejection.invalid(
                                    "property_cannot_be_expanded",
                                    "expand",
                                    "This property cannot be expanded (" + item + ").");
                    };
            expanded.ifPresent(object -> copy.set(field, object.deepCopy()));
        }
        return copy;
    }

    /** One that was deleted is still shown, as deleted. */
    private Optional<ObjectNode> customer(String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return books.customers
                .find(id)
                .or(() -> Optional.of(Shapes.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("object", "customer")
                        .put("deleted", true)));
    }
}
