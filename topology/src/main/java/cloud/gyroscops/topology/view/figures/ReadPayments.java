package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.CurrencyFigures;
import cloud.gyroscops.contract.view.PaymentFigures;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What a partition knows of a scope's payments that were created in a span. */
record ReadPayments(Kept kept, String scope, Span span) implements Question<PaymentSums> {

    @Override
    public Side side() {
        return kept.side();
    }

    @Override
    public PaymentSums answer(PartitionStores stores) {
        if (span.everything()) {
            var total = stores.<String, PaymentFigures>keyValue(kept.paymentTotals())
                    .get(Keys.total(scope));
            return total == null ? PaymentSums.NONE : PaymentSums.of(total.getCurrencies());
        }
        var figures = stores.<String, PaymentFigures>keyValue(kept.payments());
        var found = new ArrayList<CurrencyFigures>();
        long first = span.firstWholeDay();
        long after = span.afterLastWholeDay();
        if (first > after) {
            add(found, figures, Keys.quarters(scope, span.from(), span.until()));
            return PaymentSums.of(found);
        }
        if (span.from() != Span.OPEN_BEGIN) {
            add(found, figures, Keys.quarters(scope, span.from(), first * Quarters.PER_DAY));
        }
        add(found, figures, Keys.days(scope, first, after));
        if (span.until() != Span.OPEN_END) {
            add(found, figures, Keys.quarters(scope, after * Quarters.PER_DAY, span.until()));
        }
        return PaymentSums.of(found);
    }

    private static void add(
            List<CurrencyFigures> found, ReadOnlyKeyValueStore<String, PaymentFigures> figures, Keys.Range range) {
        if (range.isEmpty()) {
            return;
        }
        try (var some = figures.range(range.first(), range.last())) {
            some.forEachRemaining(entry -> found.addAll(entry.value.getCurrencies()));
        }
    }
}
