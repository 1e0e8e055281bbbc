package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.CurrencyFigures;
import cloud.gyroscops.contract.view.StatusCount;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a partition knows of payments, to be added up.
 *
 * @param currencies in the order of their codes
 */
record PaymentSums(List<OfCurrency> currencies) {

    static final PaymentSums NONE = new PaymentSums(List.of());

    /** The payments in one currency; amounts in its minor unit, as large as they are. */
    record OfCurrency(
            String currency,
            Map<PaymentStatus, Long> statuses,
            BigInteger asked,
            BigInteger received,
            BigInteger refunded,
            long refunds) {

        static OfCurrency of(CurrencyFigures figures) {
            return new OfCurrency(
                    figures.getCurrency(),
                    figures.getStatuses().stream()
                            .collect(Collectors.toMap(StatusCount::getStatus, StatusCount::getCount)),
                    Wide.value(figures.getAsked()),
                    Wide.value(figures.getReceived()),
                    Wide.value(figures.getRefunded()),
                    figures.getRefunds());
        }

        OfCurrency plus(OfCurrency other) {
            return new OfCurrency(
                    currency,
                    sum(Stream.of(statuses, other.statuses)),
                    asked.add(other.asked),
                    received.add(other.received),
                    refunded.add(other.refunded),
                    refunds + other.refunds);
        }

        long total() {
            return statuses.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    static PaymentSums of(Collection<CurrencyFigures> figures) {
        return of(figures.stream().map(OfCurrency::of));
    }

    PaymentSums plus(PaymentSums other) {
        return of(Stream.concat(currencies.stream(), other.currencies.stream()));
    }

    private static PaymentSums of(Stream<OfCurrency> some) {
        var merged = some.collect(
                Collectors.toMap(OfCurrency::currency, Function.identity(), OfCurrency::plus, TreeMap::new));
        return new PaymentSums(List.copyOf(merged.values()));
    }

    long total() {
        return currencies.stream().mapToLong(OfCurrency::total).sum();
    }

    /** Statuses that some payment has. */
    Map<PaymentStatus, Long> byStatus() {
        return sum(currencies.stream().map(OfCurrency::statuses));
    }

    private static Map<PaymentStatus, Long> sum(Stream<Map<PaymentStatus, Long>> counts) {
        return counts.flatMap(each -> each.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }
}
