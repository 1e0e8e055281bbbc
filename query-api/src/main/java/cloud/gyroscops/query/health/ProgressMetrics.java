package cloud.gyroscops.query.health;

import cloud.gyroscops.topology.view.ViewProgress;
import cloud.gyroscops.topology.view.partition.Side;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * {@code gyroscops_views_lag_records} and {@code gyroscops_views_last_applied_seconds} (since 1970) of each partition of the
 * a version of the views; not a number where this instance does not have the partition, or does not know.
 */
public record ProgressMetrics(int version, Supplier<List<ViewProgress>> progress, int partitions) {

    /** Has them scraped, until what is returned is closed. */
    public AutoCloseable register(MeterRegistry meters) {
        var gauges = new ArrayList<Gauge>();
        for (var side : Side.values()) {
            for (int partition = 0; partition < partitions; partition++) {
                gauges.add(gauge(
                        meters,
                        "gyroscops.views.lag.records",
                        side,
                        partition,
                        row -> row.lag().isPresent() ? row.lag().getAsLong() : Double.NaN));
                gauges.add(
                        gauge(meters, "gyroscops.views.last.applied.seconds", side, partition, row -> row.lastApplied()
                                .map(Instant::toEpochMilli)
                                .map(millis -> millis / 1e3)
                                .orElse(Double.NaN)));
            }
        }
        return () -> gauges.forEach(meters::remove);
    }

    private Gauge gauge(
            MeterRegistry meters, String name, Side side, int partition, ToDoubleFunction<ViewProgress> value) {
        return Gauge.builder(
                        name,
                        () -> of(side, partition).map(value::applyAsDouble).orElse(Double.NaN))
                .tag("version", Integer.toString(version))
                .tag("side", side.name())
                .tag("partition", Integer.toString(partition))
                .register(meters);
    }

    private Optional<ViewProgress> of(Side side, int partition) {
        return progress.get().stream()
                .filter(row -> row.side() == side && row.partition() == partition)
                .findFirst();
    }
}
