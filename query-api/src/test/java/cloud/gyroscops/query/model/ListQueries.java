package cloud.gyroscops.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.model.Query.Conversation;
import cloud.gyroscops.schemas.Aggregate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists of users and payments, and suggestions; an organization whose id is empty stands for all. */
final class ListQueries {

    private static final double NEAR = 0.000_01;

    private ListQueries() {}

    /** What is listed, how it is sorted, and how many on a page. */
    record Listing<L>(String parameters, Predicate<L> filter, String sort, boolean descending, int limit) {

        private String path(String of, String what) {
            return scope(of) + what + "?limit=" + limit + "&sort=" + sort + "&order=" + (descending ? "desc" : "asc")
                    + parameters;
        }
    }

    static String scope(String organizationId) {
        return organizationId.isEmpty() ? "/overall" : "/organizations/" + organizationId;
    }

    static Query users(String organizationId, Listing<UserLife> listing, boolean english) {
        return new Query(listing.path(organizationId, "/users"), english, (story, now, asked) -> {
            if (unknown(story, organizationId, asked)) {
                return;
            }
            var name = story.organizationName(organizationId);
            Expect.pages(
                    story.users(organizationId).stream()
                            .filter(listing.filter)
                            .sorted(order(userValue(listing.sort), listing.descending))
                            .map(user -> user.row(name, english))
                            .toList(),
                    "users",
                    listing.limit,
                    true,
                    asked);
        });
    }

    static Query payments(String organizationId, Listing<PaymentLife> listing) {
        return Query.of(listing.path(organizationId, "/payments"), (story, now, asked) -> {
            if (unknown(story, organizationId, asked)) {
                return;
            }
            Expect.pages(
                    story.payments(organizationId).stream()
                            .filter(listing.filter)
                            .sorted(order(paymentValue(listing.sort), listing.descending))
                            .map(payment -> payment.row(story.organizationName(payment.created.getOrganizationId())))
                            .toList(),
                    "payments",
                    listing.limit,
                    true,
                    asked);
        });
    }

    /** One page by its number; the model has no more than all rows. */
    static Query usersPage(String organizationId, Listing<UserLife> listing, int page) {
        return Query.of(listing.path(organizationId, "/users") + "&page=" + page, (story, now, asked) -> {
            if (unknown(story, organizationId, asked)) {
                return;
            }
            var name = story.organizationName(organizationId);
            var rows = story.users(organizationId).stream()
                    .filter(listing.filter)
                    .sorted(order(userValue(listing.sort), listing.descending))
                    .map(user -> user.row(name, false))
                    .toList();
            var json = Reply.object();
            json.put("total", rows.size()).put("page", page);
            json.set(
                    "users",
                    rows.stream()
                            .skip((long) (page - 1) * listing.limit)
                            .limit(listing.limit)
                            .collect(Reply.toArray()));
            var reply = asked.first();
            Expect.same(json, new Reply(reply.status(), reply.withoutNext()));
        });
    }

    /** As one types: all that begins so is found, and nothing that is not there. */
    static Query suggestions(String organizationId, String typed) {
        var path = scope(organizationId) + "/payments/suggestions?limit=50&q=" + Text.encoded(typed);
        return Query.of(path, (story, now, asked) -> {
            if (unknown(story, organizationId, asked)) {
                return;
            }
            var scores = new TreeMap<String, Double>();
            for (var payment : story.payments(organizationId)) {
                scores.put(payment.created.getDescription(), score(typed, payment.created.getDescription()));
            }
            var reply = asked.first();
            Expect.status(200, reply);
            judge(scores, reply);
        });
    }

    private static void judge(Map<String, Double> scores, Reply reply) {
        var found = new TreeMap<String, Double>();
        double last = 1;
        for (var suggestion : reply.json().path("suggestions")) {
            var text = suggestion.path("text").textValue();
            double score = suggestion.path("score").doubleValue();
            assertThat(scores).as("suggested").containsKey(text);
            assertThat(score).as("the score of %s", text).isPositive().isLessThanOrEqualTo(last + NEAR);
            assertThat(found.put(text, score)).as("%s once", text).isNull();
            last = score;
        }
        assertThat(scores).as("too many texts for this test").hasSizeLessThan(50);
        scores.forEach((text, score) -> {
            if (score > 0) {
                assertThat(found).as("suggested").containsKey(text);
                assertThat(found.get(text)).as("the score of %s", text).isBetween(score - NEAR, score + NEAR);
            }
        });
    }

    /** Of what is typed without a mistake, the last word perhaps only begun; 0: mistyped, or something else. */
    private static double score(String typed, String description) {
        var words = Text.words(description);
        var wanted = Text.words(typed);
        double sum = 0;
        for (int i = 0; i < wanted.size(); i++) {
            var word = wanted.get(i);
            if (words.contains(word)) {
                sum += 1;
            } else if (i == wanted.size() - 1 && words.stream().anyMatch(each -> each.startsWith(word))) {
                sum += 0.75;
            } else {
                return 0;
            }
        }
        return wanted.isEmpty() ? 0 : sum / wanted.size();
    }

    static boolean unknown(Story story, String organizationId, Conversation asked) {
        if (organizationId.isEmpty()
                || !story.of(Aggregate.ORGANIZATIONS, organizationId).isEmpty()) {
            return false;
        }
        Expect.status(404, asked.first());
        return true;
    }

    private static Function<UserLife, Comparable<?>> userValue(String sort) {
        return switch (sort) {
            case "username" -> user -> user.username;
            case "email" -> user -> user.email;
            case "lastLoginAt" -> user -> user.lastLogin;
            default -> user -> user.createdAt;
        };
    }

    private static Function<PaymentLife, Comparable<?>> paymentValue(String sort) {
        return switch (sort) {
            case "amount" -> payment -> payment.created.getAmount();
            case "status" -> payment -> payment.status;
            case "processedAt" -> payment -> payment.processedAt;
            default -> payment -> payment.createdAt;
        };
    }

    /** Equal ones by id; those without a value come last either way. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <L extends Life> Comparator<L> order(Function<L, Comparable<?>> value, boolean descending) {
        Comparator<Comparable> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.<L, Comparable>comparing(value::apply, Comparator.nullsLast(values))
                .thenComparing(life -> life.id);
    }

    static List<String> userSorts() {
        return List.of("createdAt", "username", "email", "lastLoginAt");
    }

    static List<String> paymentSorts() {
        return List.of("createdAt", "amount", "status", "processedAt");
    }
}
