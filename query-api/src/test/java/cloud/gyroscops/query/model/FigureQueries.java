package cloud.gyroscops.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Analytics, statistics and dashboards, counted one by one; an organization whose id is empty stands for all. */
final class FigureQueries {

    private FigureQueries() {}

    /** Days in a zone; null: open. */
    record Days(LocalDate from, LocalDate to, ZoneId zone) {

        private String parameters() {
            return "?zone=" + Text.encoded(zone) + (from == null ? "" : "&from=" + from)
                    + (to == null ? "" : "&to=" + to);
        }

        private LocalDate day(Instant time) {
            return time.atZone(zone).toLocalDate();
        }

        private boolean has(Instant time) {
            return (from == null || !day(time).isBefore(from))
                    && (to == null || !day(time).isAfter(to));
        }
    }

    static Query analytics(String organizationId, Days days) {
        return Query.of(
                ListQueries.scope(organizationId) + "/users/analytics" + days.parameters(), (story, now, asked) -> {
                    if (!ListQueries.unknown(story, organizationId, asked)) {
                        Expect.same(analytics(Reply.object(), story.users(organizationId), days), asked.first());
                    }
                });
    }

    static Query analyticsByOrganization(Days days, int limit) {
        return Query.of(
                "/overall/users/analytics/by-organization" + days.parameters() + "&limit=" + limit,
                (story, now, asked) -> Expect.pages(
                        story.organizations().stream()
                                .sorted(Comparator.comparing(organization -> organization.id))
                                .map(organization -> analytics(
                                        Reply.object()
                                                .put("organizationId", organization.id)
                                                .put("organizationName", organization.name),
                                        story.users(organization.id),
                                        days))
                                .toList(),
                        "organizations",
                        limit,
                        false,
                        asked));
    }

    private static ObjectNode analytics(ObjectNode json, List<UserLife> there, Days days) {
        var users = there.stream().filter(user -> days.has(user.createdAt)).toList();
        long total = users.size();
        long active = count(users, user -> user.enabled);
        long verified = count(users, user -> user.verified);
        long withLogin = count(users, user -> user.lastLogin != null);
        json.put("total", total)
                .put("active", active)
                .put("inactive", total - active)
                .put("verified", verified)
                .put("unverified", total - verified)
                .put("withLogin", withLogin)
                .put("activationRate", percent(active, total))
                .put("verificationRate", percent(verified, total))
                .put("loginRate", percent(withLogin, total));
        var daily = json.putArray("daily");
        var byDay = groups(users, user -> days.day(user.createdAt));
        if (!byDay.isEmpty()) {
            byDay.firstKey().datesUntil(byDay.lastKey().plusDays(1)).forEach(day -> {
                var ofDay = byDay.getOrDefault(day, List.of());
                daily.addObject()
                        .put("date", day.toString())
                        .put("count", ofDay.size())
                        .put("active", count(ofDay, user -> user.enabled));
            });
        }
        var roles = json.putArray("roles");
        users.stream()
                .flatMap(user -> user.roles.stream())
                .collect(Collectors.groupingBy(role -> role, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(role -> roles.addObject()
                        .put("role", role.getKey())
                        .put("count", role.getValue())
                        .put("percentage", percent(role.getValue(), total)));
        return json;
    }

    static Query statistics(String organizationId, Days days) {
        return Query.of(
                ListQueries.scope(organizationId) + "/payments/statistics" + days.parameters(), (story, now, asked) -> {
                    if (!ListQueries.unknown(story, organizationId, asked)) {
                        var payments = story.payments(organizationId).stream()
                                .filter(payment -> days.has(payment.createdAt))
                                .toList();
                        var reply = asked.first();
                        Expect.status(200, reply);
                        Expect.same(statistics(payments), new Reply(200, byName(reply)));
                    }
                });
    }

    private static ObjectNode statistics(List<PaymentLife> payments) {
        var json = Reply.object();
        json.put("total", payments.size());
        var byStatus = json.putArray("byStatus");
        groups(payments, payment -> payment.status)
                .forEach((status, some) ->
                        byStatus.addObject().put("status", status).put("count", some.size()));
        var byCurrency = json.putArray("byCurrency");
        groups(payments, payment -> payment.created.getCurrency())
                .forEach((currency, some) ->
                        byCurrency.addObject().put("currency", currency).put("count", some.size()));
        amounts(json, payments);
        return json;
    }

    /** In which order statuses are told does not matter. */
    private static ObjectNode byName(Reply reply) {
        ObjectNode json = reply.json().deepCopy();
        var statuses = new TreeMap<String, JsonNode>();
        json.path("byStatus").forEach(each -> statuses.put(each.path("status").textValue(), each));
        json.set("byStatus", statuses.values().stream().collect(Reply.toArray()));
        return json;
    }

    static Query dashboard(String organizationId) {
        return Query.of(ListQueries.scope(organizationId) + "/payments/dashboard", (story, now, asked) -> {
            if (!ListQueries.unknown(story, organizationId, asked)) {
                Expect.same(dashboard(story.payments(organizationId)), asked.first());
            }
        });
    }

    private static ObjectNode dashboard(List<PaymentLife> payments) {
        long failed = count(payments, payment -> payment.status.equals("FAILED"));
        long completed =
                count(payments, payment -> List.of("COMPLETED", "REFUNDED").contains(payment.status));
        var json = Reply.object();
        json.put("total", payments.size())
                .put("failed", failed)
                .put("successRate", percent(completed, completed + failed));
        amounts(json, payments);
        var refunds = json.putArray("refunds");
        groups(payments, payment -> payment.created.getCurrency()).forEach((currency, some) -> {
            long count = some.stream().mapToLong(PaymentLife::confirmedRefunds).sum();
            if (count > 0) {
                refunds.addObject()
                        .put("currency", currency)
                        .put("count", count)
                        .put(
                                "amount",
                                some.stream().mapToLong(PaymentLife::refunded).sum());
            }
        });
        payments.stream()
                .max(Comparator.<PaymentLife, Instant>comparing(payment -> payment.createdAt)
                        .thenComparing(payment -> payment.id))
                .ifPresent(payment -> json.putObject("lastPayment")
                        .put("id", payment.id)
                        .put("createdAt", payment.createdAt.toString())
                        .put("amount", payment.created.getAmount())
                        .put("currency", payment.created.getCurrency()));
        payments.stream()
                .filter(payment -> payment.failure != null)
                .max(Comparator.<PaymentLife, Instant>comparing(payment -> payment.failedAt)
                        .thenComparing(payment -> payment.id))
                .ifPresent(payment -> json.putObject("lastFailure")
                        .put("id", payment.id)
                        .put("failedAt", payment.failedAt.toString())
                        .put("code", payment.failure.getCode())
                        .put("message", payment.failure.getMessage()));
        return json;
    }

    private static void amounts(ObjectNode json, List<PaymentLife> payments) {
        var amounts = json.putArray("amounts");
        groups(payments, payment -> payment.created.getCurrency()).forEach((currency, some) -> amounts.addObject()
                .put("currency", currency)
                .put(
                        "asked",
                        some.stream()
                                .mapToLong(payment -> payment.created.getAmount())
                                .sum())
                .put(
                        "received",
                        some.stream().mapToLong(payment -> payment.received).sum())
                .put("refunded", some.stream().mapToLong(PaymentLife::refunded).sum()));
    }

    private static <T, K> TreeMap<K, List<T>> groups(Collection<T> some, Function<T, K> key) {
        return some.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static <T> long count(Collection<T> some, Predicate<T> which) {
        return some.stream().filter(which).count();
    }

    private static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : new BigDecimal(part * 100).divide(new BigDecimal(whole), 2, RoundingMode.HALF_UP);
    }
}
