package cloud.gyroscops.query.health;

import cloud.gyroscops.topology.view.Progress;
import cloud.gyroscops.topology.view.ViewProgress;
import cloud.gyroscops.topology.view.partition.Side;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code gyroscops_views_lag_records} and {@code gyroscops_views_last_applied_seconds} (since 1970) of each partition of the
 * views; not a number where this instance does not have the partition.
 */
public record ProgressMetrics(Progress progress, int partitions) {

    /** Has them scraped. */
    public void register(MeterRegistry meters) {
        for (var side : Side.values()) {
            for (int partition = 0; partition < partitions; partition++) {
                gauge(meters, "gyroscops.views.lag.records", side, partition, ViewProgress::lag);
                gauge(meters, "gyroscops.views.last.applied.seconds", side, partition, row -> row.lastApplied()
                        .map(Instant::toEpochMilli)
                        .map(millis -> millis / 1e3)
                        .orElse(Double.NaN));
            }
        }
    }

    private void gauge(
            MeterRegistry meters, String name, Side side, int partition, ToDoubleFunction<ViewProgress> value) {
        Gauge.builder(name, () -> of(side, partition).map(value::applyAsDouble).orElse(Double.NaN))
                .tag("side", side.name())
                .tag("partition", Integer.toString(partition))
                .register(meters);
    }

    private Optional<ViewProgress> of(Side side, int partition) {
        return progress.all().stream()
                .filter(row -> row.side() == side && row.partition() == partition)
                .findFirst();
    }
}
