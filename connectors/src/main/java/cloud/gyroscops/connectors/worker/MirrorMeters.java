package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker counts and times; every payment that completes is also logged, with its amount. */
final class MirrorMeters {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorMeters.class);

    private final MirrorTarget target;
    private final MeterRegistry meters;

    MirrorMeters(MirrorTarget target, MeterRegistry meters) {
        this.target = target;
        this.meters = meters;
    }

    /** Something came of a piece of work. */
    void outcome(OutcomeKind kind) {
        Counter.builder("mirror_outcomes")
                .description("What became of events and comparisons")
                .tag("target", target.name().toLowerCase(Locale.ROOT))
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    /** An event is about to be folded into what is known of its aggregate. */
    void folded(Aggregate aggregate, MirroredAggregate row, EventMessage event) {
        if (aggregate == Aggregate.PAYMENTS
                && event.payload() instanceof PaymentCompleted completed
                && row.getState() instanceof PaymentState payment
                && payment.getAmountReceived() == 0) {
            completed(row, payment, completed, event);
        }
    }

    private void completed(
            MirroredAggregate row, PaymentState payment, PaymentCompleted completed, EventMessage event) {
        var header = event.header();
        Counter.builder("payments_processed")
                .description("Payments that were completed")
                .tag("currency", payment.getCurrency())
                .tag("amount_range", range(payment.getCurrency(), completed.getAmountReceived()))
                .register(meters)
                .increment();
        if (row.getCreatedAt() != null) {
            Timer.builder("payment_processing_duration")
                    .description("From the creation of a payment to its completion")
                    .tag("currency", payment.getCurrency())
                    .publishPercentileHistogram()
                    .register(meters)
                    .record(Duration.between(row.getCreatedAt(), header.getOccurredAt()));
        }
        LOG.atInfo()
                .addKeyValue("event_type", event.payload().getSchema().getName())
                .addKeyValue("payment_id", header.getAggregateId())
                .addKeyValue("aggregate_id", header.getAggregateId())
                .addKeyValue("amount", completed.getAmountReceived())
                .addKeyValue("currency", payment.getCurrency())
                .addKeyValue("processed_at", header.getOccurredAt())
                .addKeyValue("event_id", header.getEventId())
                .addKeyValue("correlation_id", header.getCorrelationId())
                .log("Payment completed");
    }

    /** In major units of the currency: how many digits say enough. */
    static String range(String currency, long amount) {
        long major = amount / unit(currency);
        if (major < 10) {
            return "0-10";
        }
        if (major < 100) {
            return "10-100";
        }
        if (major < 1_000) {
            return "100-1000";
        }
        return major < 10_000 ? "1000-10000" : "10000+";
    }

    private static long unit(String currency) {
        long unit = 1;
        for (int digit = Currency.getInstance(currency).getDefaultFractionDigits(); digit > 0; digit--) {
            unit *= 10;
        }
        return unit;
    }
}
