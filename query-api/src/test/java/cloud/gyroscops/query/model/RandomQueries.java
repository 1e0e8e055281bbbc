package cloud.gyroscops.query.model;

import cloud.gyroscops.query.model.EventQueries.Wanted;
import cloud.gyroscops.query.model.FigureQueries.Days;
import cloud.gyroscops.query.model.ListQueries.Listing;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Queries to every view, with all their parameters, the same ones for the same seed and story. */
public final class RandomQueries {

    private static final List<ZoneId> ZONES = Stream.of(
                    "Z", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati")
            .map(ZoneId::of)
            .toList();
    private static final List<String> TYPES = List.of(
            "UserCreated", "UserErased", "UserUpdated", "PaymentCreated", "PaymentFailed", "OrganizationRenamed");
    private static final List<String> TEXTS =
            List.of("", "a", "user1", "mail2 acme", "zoe", "jean luc", "strasse", "shoes", "ord 42", "cafe", "x", "o'");

    private final Random random;
    private final Story story;

    public RandomQueries(long seed, Story story) {
        random = new Random(seed);
        this.story = story;
    }

    /** One to each view, about the aggregate that something was tried with, or about another one. */
    public List<Query> toEachView(Aggregate aggregate, String id) {
        var queries = new ArrayList<Query>();
        queries.add(SingleQueries.latest(aggregate, id, random.nextBoolean()));
        queries.addAll(past(aggregate, id));
        if (!story.ids(aggregate).isEmpty()) {
            queries.addAll(past(aggregate, one(story.ids(aggregate))));
        }
        addPayments(queries, id);
        queries.add(users());
        queries.add(payments());
        queries.add(suggestions());
        queries.add(FigureQueries.analytics(scope(), days()));
        queries.add(FigureQueries.statistics(scope(), days()));
        queries.add(FigureQueries.dashboard(scope()));
        queries.add(FigureQueries.analyticsByOrganization(days(), 1 + random.nextInt(5)));
        queries.add(events());
        return queries;
    }

    /** All that can be asked without parameters, and some that has them: everything, once. */
    public List<Query> everything() {
        var queries = new ArrayList<Query>();
        for (var aggregate : Aggregate.values()) {
            for (var id : story.ids(aggregate)) {
                queries.add(SingleQueries.latest(aggregate, id, random.nextBoolean()));
                queries.addAll(past(aggregate, id));
                if (aggregate == Aggregate.PAYMENTS) {
                    addPayments(queries, id);
                }
            }
        }
        for (var scope :
                Stream.concat(Stream.of(""), RandomActs.ORGANIZATIONS.stream()).toList()) {
            if (!scope.isEmpty()) {
                queries.add(ListQueries.users(scope, new Listing<>("", user -> true, "username", false, 9), true));
            }
            queries.add(ListQueries.payments(scope, new Listing<>("", payment -> true, "createdAt", true, 50)));
            RandomActs.DESCRIPTIONS.stream()
                    .filter(text -> !text.isBlank())
                    .forEach(text -> queries.add(ListQueries.suggestions(scope, begun(text))));
            queries.add(FigureQueries.analytics(scope, days()));
            queries.add(FigureQueries.statistics(scope, days()));
            queries.add(FigureQueries.dashboard(scope));
        }
        queries.add(FigureQueries.analyticsByOrganization(new Days(null, null, ZoneOffset.UTC), 200));
        queries.add(EventQueries.events(new Wanted(List.of(), null, null, "", "", false), 100));
        return queries;
    }

    private List<Query> past(Aggregate aggregate, String id) {
        var queries = new ArrayList<Query>();
        int most = story.of(aggregate, id).size() + 2;
        queries.add(SingleQueries.ofVersion(aggregate, id, 1 + random.nextInt(most), random.nextBoolean()));
        queries.add(SingleQueries.at(aggregate, id, moment(), random.nextBoolean()));
        queries.add(SingleQueries.history(aggregate, id, 1 + random.nextInt(most), 1 + random.nextInt(6)));
        if (aggregate != Aggregate.ORGANIZATIONS) {
            queries.add(SingleQueries.audit(aggregate, id, 1 + random.nextInt(most), 1 + random.nextInt(6)));
        }
        return queries;
    }

    private void addPayments(List<Query> queries, String id) {
        var payments = story.ids(Aggregate.PAYMENTS);
        var payment = payments.contains(id) || payments.isEmpty() ? id : one(payments);
        queries.add(SingleQueries.withStatuses(payment));
        queries.add(SingleQueries.report(payment));
    }

    private Query users() {
        var parameters = new StringBuilder();
        Predicate<UserLife> filter = user -> true;
        if (random.nextInt(3) == 0) {
            var statuses = some(List.of("active", "unverified", "disabled", "unknown"));
            statuses.forEach(status -> parameters.append("&status=").append(status));
            filter = filter.and(user -> statuses.isEmpty() || statuses.contains(user.status()));
        }
        if (random.nextInt(3) == 0) {
            var role = one(RandomActs.ROLES);
            parameters.append("&role=").append(Text.encoded(role));
            filter = filter.and(user -> user.roles.contains(role));
        }
        var text = text();
        if (!text.isEmpty()) {
            parameters.append("&q=").append(Text.encoded(text));
            filter = filter.and(user -> Text.matches(text, user.words()));
        }
        var listing = new Listing<>(
                parameters.toString(),
                filter,
                one(ListQueries.userSorts()),
                random.nextBoolean(),
                1 + random.nextInt(8));
        var organization = one(RandomActs.ORGANIZATIONS);
        return random.nextBoolean()
                ? ListQueries.users(organization, listing, random.nextBoolean())
                : ListQueries.usersPage(organization, listing, 1 + random.nextInt(3));
    }

    private Query payments() {
        var parameters = new StringBuilder();
        Predicate<PaymentLife> filter = payment -> true;
        if (random.nextInt(3) == 0) {
            var statuses = some(List.of("PENDING", "COMPLETED", "REFUNDED", "FAILED", "EXPIRED"));
            statuses.forEach(status -> parameters.append("&status=").append(status));
            filter = filter.and(payment -> statuses.isEmpty() || statuses.contains(payment.status));
        }
        if (random.nextInt(3) == 0) {
            var currencies = some(List.of("EUR", "USD", "JPY"));
            currencies.forEach(currency -> parameters.append("&currency=").append(currency));
            filter = filter.and(payment -> currencies.isEmpty() || currencies.contains(payment.created.getCurrency()));
        }
        if (random.nextInt(3) == 0) {
            long least = one(List.of(0L, 1L, 1_000L, 1_001L));
            long most = least + one(List.of(0L, 999L, 1_500L, 100_000L));
            parameters.append("&minAmount=").append(least).append("&maxAmount=").append(most);
            filter = filter.and(payment -> payment.created.getAmount() >= least && payment.created.getAmount() <= most);
        }
        if (random.nextInt(3) == 0) {
            var from = moment();
            var to = from.plusMillis(1 + random.nextInt(400_000_000));
            boolean processed = random.nextBoolean();
            var name = processed ? "processed" : "created";
            parameters.append("&" + name + "From=" + from + "&" + name + "To=" + to);
            filter = filter.and(payment -> {
                var time = processed ? payment.processedAt : payment.createdAt;
                return time != null && !time.isBefore(from) && time.isBefore(to);
            });
        }
        if (random.nextInt(5) == 0 && !story.ids(Aggregate.USERS).isEmpty()) {
            var user = one(story.ids(Aggregate.USERS));
            parameters.append("&userId=").append(user);
            filter = filter.and(payment -> user.equals(payment.created.getUserId()));
        }
        var text = text();
        if (!text.isEmpty()) {
            parameters.append("&q=").append(Text.encoded(text));
            filter = filter.and(payment -> Text.matches(text, payment.words()));
        }
        return ListQueries.payments(
                scope(),
                new Listing<>(
                        parameters.toString(),
                        filter,
                        one(ListQueries.paymentSorts()),
                        random.nextBoolean(),
                        1 + random.nextInt(12)));
    }

    private Query suggestions() {
        var text = one(RandomActs.DESCRIPTIONS);
        return ListQueries.suggestions(scope(), text.isBlank() ? "runing" : begun(text));
    }

    private Query events() {
        var from = random.nextBoolean() ? moment() : null;
        return EventQueries.events(
                new Wanted(
                        random.nextBoolean() ? List.of() : some(TYPES),
                        from,
                        from == null || random.nextBoolean() ? null : from.plusMillis(random.nextInt(500_000_000)),
                        random.nextInt(3) == 0 ? one(RandomActs.ORGANIZATIONS) : "",
                        random.nextInt(3) == 0 ? "eve" : "",
                        random.nextBoolean()),
                20 + random.nextInt(100));
    }

    /** What somebody has typed of a text so far. */
    private String begun(String text) {
        var typed = text.substring(0, 1 + random.nextInt(text.length()));
        return random.nextBoolean() ? typed : typed.toUpperCase(Locale.ROOT);
    }

    private String text() {
        return random.nextInt(3) > 0 ? "" : one(TEXTS);
    }

    private String scope() {
        return random.nextInt(3) == 0 ? "" : one(RandomActs.ORGANIZATIONS);
    }

    private Days days() {
        var from = LocalDate.ofInstant(moment(), ZoneOffset.UTC);
        return new Days(
                random.nextInt(3) == 0 ? from : null,
                random.nextInt(3) == 0 ? from.plusDays(random.nextInt(9)) : null,
                one(ZONES));
    }

    /** When something happened, a moment before, or any time. */
    private Instant moment() {
        var events = story.all();
        var first = events.get(0).header().getOccurredAt();
        return switch (random.nextInt(4)) {
            case 0 -> one(events).header().getOccurredAt();
            case 1 -> one(events).header().getOccurredAt().minusMillis(1);
            default -> first.plusMillis(random.nextLong(story.now().toEpochMilli() - first.toEpochMilli() + 10));
        };
    }

    private <T> List<T> some(List<T> choices) {
        return choices.stream().filter(each -> random.nextInt(3) == 0).toList();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
