package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.topology.view.index.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** All payments as a plain list, which is filtered and sorted as a query says. */
final class PaymentModel {

    private final Map<String, PaymentView> payments = new TreeMap<>();

    void put(String id, PaymentView payment) {
        payments.put(id, payment);
    }

    /** The payments that a query asks for, in its order, on all pages. */
    List<Page.Row<PaymentView>> find(String organization, PaymentQuery query) {
        return payments.entrySet().stream()
                .filter(each -> organization.isEmpty()
                        || each.getValue().getState().getOrganizationId().equals(organization))
                .filter(each -> matches(each.getValue(), query))
                .map(each -> new Page.Row<>(each.getKey(), each.getValue()))
                .sorted(order(query))
                .toList();
    }

    private static boolean matches(PaymentView view, PaymentQuery query) {
        var payment = view.getState();
        var words = new ArrayList<>(Words.of(payment.getDescription()));
        payment.getMetadata().values().forEach(value -> words.addAll(Words.of(value)));
        return (query.statuses().isEmpty() || query.statuses().contains(payment.getStatus()))
                && (query.currencies().isEmpty() || query.currencies().contains(payment.getCurrency()))
                && query.least().map(least -> payment.getAmount() >= least).orElse(true)
                && query.most().map(most -> payment.getAmount() <= most).orElse(true)
                && within(query.created(), view.getApplied().getCreatedAt())
                && within(query.processed(), view.getProcessedAt())
                && (query.userId().isEmpty() || query.userId().equals(payment.getUserId()))
                && Words.of(query.text()).stream()
                        .allMatch(typed -> words.stream().anyMatch(word -> word.startsWith(typed)));
    }

    private static boolean within(Period period, Instant instant) {
        if (period.equals(Period.ANY)) {
            return true;
        }
        return instant != null
                && period.from().map(from -> !instant.isBefore(from)).orElse(true)
                && period.before().map(instant::isBefore).orElse(true);
    }

    private static Comparator<Page.Row<PaymentView>> order(PaymentQuery query) {
        var order =
                switch (query.sort()) {
                    case CREATED_AT ->
                        directed(query, (PaymentView view) -> view.getApplied().getCreatedAt());
                    case AMOUNT ->
                        directed(query, (PaymentView view) -> view.getState().getAmount());
                    case PROCESSED_AT -> directed(query, PaymentView::getProcessedAt);
                    case STATUS ->
                        directed(query, (PaymentView view) -> view.getState()
                                .getStatus()
                                .name());
                };
        return Comparator.<Page.Row<PaymentView>, PaymentView>comparing(Page.Row::view, order)
                .thenComparing(Page.Row::id);
    }

    private static <T extends Comparable<T>> Comparator<PaymentView> directed(
            PaymentQuery query, Function<PaymentView, T> value) {
        return Comparator.comparing(
                value,
                Comparator.nullsLast(query.descending() ? Comparator.<T>reverseOrder() : Comparator.<T>naturalOrder()));
    }
}
