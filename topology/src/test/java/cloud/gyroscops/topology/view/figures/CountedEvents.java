package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.EventMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The figures as one counts them by hand: with all events, all users and all payments before one's eyes. */
final class CountedEvents {

    private record User(String organization, Instant createdAt, UserState state) {
        boolean there() {
            return state.getStatus() == UserStatus.ENABLED || state.getStatus() == UserStatus.DISABLED;
        }
    }

    private record Payment(String id, String organization, Instant createdAt, PaymentState state) {}

    private final Map<String, User> users = new HashMap<>();
    private final Map<String, Payment> payments = new HashMap<>();
    private final Map<String, PaymentDashboard.Failure> failures = new HashMap<>();

    CountedEvents(List<EventMessage> events) {
        events.forEach(this::add);
    }

    private void add(EventMessage event) {
        var header = event.header();
        var id = header.getAggregateId();
        var time = header.getOccurredAt();
        switch (header.getAggregateType()) {
            case USER -> {
                var known =
                        users.getOrDefault(id, new User(header.getOrganizationId(), time, new UserDecider().initial()));
                var state = new UserDecider().evolve(known.state, event.payload());
                users.put(id, new User(known.organization, known.createdAt, state));
            }
            case PAYMENT -> {
                var decider = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
                var known =
                        payments.getOrDefault(id, new Payment(id, header.getOrganizationId(), time, decider.initial()));
                var state = decider.evolve(known.state, event.payload());
                payments.put(id, new Payment(id, known.organization, known.createdAt, state));
                var failure = failures.get(id);
                if (event.payload() instanceof PaymentFailed
                        || failure != null && failure.failedAt().equals(time)) {
                    var error = state.getError();
                    failures.put(id, new PaymentDashboard.Failure(id, time, error.getCode(), error.getMessage()));
                }
            }
            default -> {}
        }
    }

    /** Of an organization; null: of all. */
    UserAnalytics users(String organization, DateRange range) {
        var counted = users.values().stream()
                .filter(User::there)
                .filter(user -> organization == null || organization.equals(user.organization))
                .filter(user -> in(range, user.createdAt))
                .toList();
        long total = counted.size();
        long active = count(counted, user -> user.state.getStatus() == UserStatus.ENABLED ? 1 : 0);
        long verified = count(counted, user -> user.state.getEmailVerified() ? 1 : 0);
        long withLogin = count(counted, user -> user.state.getLastLoginAt() == null ? 0 : 1);
        return new UserAnalytics(
                total,
                active,
                total - active,
                verified,
                total - verified,
                withLogin,
                percent(active, total),
                percent(verified, total),
                percent(withLogin, total),
                daily(counted, range),
                counted.stream()
                        .flatMap(user -> user.state.getRoles().stream())
                        .collect(Collectors.groupingBy(role -> role, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(role ->
                                new UserAnalytics.Role(role.getKey(), role.getValue(), percent(role.getValue(), total)))
                        .sorted(Comparator.comparing(UserAnalytics.Role::count)
                                .reversed()
                                .thenComparing(UserAnalytics.Role::role))
                        .toList());
    }

    private static List<UserAnalytics.Day> daily(List<User> counted, DateRange range) {
        var byDate = counted.stream()
                .collect(Collectors.groupingBy(user -> date(range, user.createdAt), TreeMap::new, Collectors.toList()));
        if (byDate.isEmpty()) {
            return List.of();
        }
        return byDate.firstKey()
                .datesUntil(byDate.lastKey().plusDays(1))
                .map(date -> {
                    var ofDate = byDate.getOrDefault(date, List.of());
                    return new UserAnalytics.Day(
                            date,
                            ofDate.size(),
                            count(ofDate, user -> user.state.getStatus() == UserStatus.ENABLED ? 1 : 0));
                })
                .toList();
    }

    /** Of an organization; null: of all. */
    PaymentStatistics payments(String organization, DateRange range) {
        var counted = counted(organization, range);
        return new PaymentStatistics(
                counted.size(),
                counted.stream()
                        .collect(Collectors.groupingBy(payment -> payment.state.getStatus(), Collectors.counting())),
                counted.stream()
                        .collect(Collectors.groupingBy(payment -> payment.state.getCurrency(), Collectors.counting())),
                amounts(counted));
    }

    /** Of an organization; null: of all. */
    PaymentDashboard dashboard(String organization) {
        var counted = counted(organization, DateRange.ALL);
        long failed = ofStatus(counted, PaymentStatus.FAILED);
        long completed = ofStatus(counted, PaymentStatus.COMPLETED) + ofStatus(counted, PaymentStatus.REFUNDED);
        return new PaymentDashboard(
                counted.size(),
                failed,
                amounts(counted),
                percent(completed, completed + failed),
                byCurrency(counted).entrySet().stream()
                        .map(each -> new PaymentDashboard.Refunds(
                                each.getKey(),
                                each.getValue().stream()
                                        .mapToLong(payment -> confirmed(payment).size())
                                        .sum(),
                                sum(each.getValue(), CountedEvents::refunded)))
                        .filter(refunds -> refunds.count() > 0)
                        .toList(),
                counted.stream()
                        .max(Comparator.comparing(Payment::createdAt).thenComparing(Payment::id))
                        .map(payment -> new PaymentDashboard.Payment(
                                payment.id, payment.createdAt, payment.state.getAmount(), payment.state.getCurrency())),
                counted.stream()
                        .flatMap(payment -> Optional.ofNullable(failures.get(payment.id)).stream())
                        .max(Comparator.comparing(PaymentDashboard.Failure::failedAt)
                                .thenComparing(PaymentDashboard.Failure::id)));
    }

    private List<Payment> counted(String organization, DateRange range) {
        return payments.values().stream()
                .filter(payment -> organization == null || organization.equals(payment.organization))
                .filter(payment -> in(range, payment.createdAt))
                .toList();
    }

    private static List<Amounts> amounts(List<Payment> counted) {
        return byCurrency(counted).entrySet().stream()
                .map(each -> new Amounts(
                        each.getKey(),
                        sum(each.getValue(), payment -> payment.state.getAmount()),
                        sum(each.getValue(), payment -> payment.state.getAmountReceived()),
                        sum(each.getValue(), CountedEvents::refunded)))
                .toList();
    }

    private static Map<String, List<Payment>> byCurrency(List<Payment> counted) {
        return counted.stream()
                .collect(Collectors.groupingBy(
                        payment -> payment.state.getCurrency(), TreeMap::new, Collectors.toList()));
    }

    private static List<RefundState> confirmed(Payment payment) {
        return payment.state.getRefunds().stream()
                .filter(refund -> refund.getStatus() == RefundStatus.CONFIRMED)
                .toList();
    }

    private static long refunded(Payment payment) {
        return confirmed(payment).stream().mapToLong(RefundState::getAmount).sum();
    }

    private static long ofStatus(List<Payment> counted, PaymentStatus status) {
        return count(counted, payment -> payment.state.getStatus() == status ? 1 : 0);
    }

    private static <T> long count(Collection<T> some, ToLongFunction<T> count) {
        return some.stream().mapToLong(count).sum();
    }

    private static long sum(Collection<Payment> some, ToLongFunction<Payment> amount) {
        return some.stream()
                .map(payment -> BigInteger.valueOf(amount.applyAsLong(payment)))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    private static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? new BigDecimal("0.00")
                : new BigDecimal(100 * part).divide(new BigDecimal(whole), 2, RoundingMode.HALF_UP);
    }

    private static boolean in(DateRange range, Instant time) {
        var date = date(range, time);
        return (range.from() == null || !date.isBefore(range.from()))
                && (range.to() == null || !date.isAfter(range.to()));
    }

    private static LocalDate date(DateRange range, Instant time) {
        return time.atZone(range.zone()).toLocalDate();
    }
}
