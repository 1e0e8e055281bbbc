package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.view.LastFailure;
import cloud.gyroscops.contract.view.LastPayment;
import cloud.gyroscops.contract.view.PaymentFigures;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Adds up payments: all together, by the day, and by the quarter of an hour in which they were created. Quarters have records
 * of their own: with its 96 quarters in it, a day's would be too much to write with every event.
 */
final class PaymentTally implements Projection {

    private final Kept kept;
    private final SchemaHistory history;
    private final Map<String, String> changelog;

    PaymentTally(Kept kept, SchemaHistory history, Map<String, String> changelog) {
        this.kept = kept;
        this.history = history;
        this.changelog = changelog;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Tallies.cached(kept.paymentTotals(), PaymentFigures.class, history, changelog),
                Tallies.store(kept.payments(), PaymentFigures.class, history, changelog));
    }

    @Override
    public Updates open(Stores stores) {
        KeyValueStore<String, PaymentFigures> totals = stores.store(kept.paymentTotals());
        KeyValueStore<String, PaymentFigures> figures = stores.store(kept.payments());
        return change -> {
            if (change.getAggregateType() == AggregateType.PAYMENT) {
                add(totals, figures, change);
            }
        };
    }

    private void add(
            KeyValueStore<String, PaymentFigures> totals,
            KeyValueStore<String, PaymentFigures> store,
            ViewChange change) {
        var payment = (PaymentView) change.getAfter();
        var before = PaymentShare.of((PaymentView) change.getBefore());
        var after = PaymentShare.of(payment);
        if (before.equals(after) && !failedNow(payment)) {
            return;
        }
        var scope = kept.scope(change);
        update(totals, Keys.total(scope), figures -> {
            change(figures, before, after);
            last(figures, change.getAggregateId(), payment);
        });
        if (!before.equals(after)) {
            long quarter = Quarters.of(payment.getApplied().getCreatedAt());
            update(store, Keys.day(scope, Quarters.day(quarter)), figures -> change(figures, before, after));
            update(store, Keys.quarter(scope, quarter), figures -> change(figures, before, after));
        }
    }

    private static void update(
            KeyValueStore<String, PaymentFigures> store, String key, Consumer<PaymentFigures> update) {
        var known = store.get(key);
        var figures = known == null ? new PaymentFigures(new ArrayList<>(), null, null) : known;
        update.accept(figures);
        store.put(key, figures);
    }

    private static void change(PaymentFigures figures, Optional<PaymentShare> before, Optional<PaymentShare> after) {
        before.ifPresent(share -> PaymentCounting.subtract(figures.getCurrencies(), share));
        after.ifPresent(share -> PaymentCounting.add(figures.getCurrencies(), share));
    }

    private static void last(PaymentFigures figures, String id, PaymentView payment) {
        var state = payment.getState();
        var created = new LastPayment(id, payment.getApplied().getCreatedAt(), state.getAmount(), state.getCurrency());
        figures.setLastPayment(Latest.payment(figures.getLastPayment(), created));
        if (failedNow(payment)) {
            var error = state.getError();
            figures.setLastFailure(Latest.failure(
                    figures.getLastFailure(),
                    new LastFailure(id, payment.getFailedAt(), error.getCode(), error.getMessage())));
        }
    }

    /** Failures that come after the payment has ended count, too; of several at the same moment, the last error. */
    private static boolean failedNow(PaymentView payment) {
        return payment.getApplied().getUpdatedAt().equals(payment.getFailedAt());
    }
}
