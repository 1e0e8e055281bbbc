package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of commands that were deleted before anybody had handled them, which only retention does: {@code
 * gyroscops.commands.vanished} by {@code aggregate}, and the log. It is no more than it tells: ends of transactions have
 * offsets, too, and an erasure may take those behind the last command that was handled.
 */
final class VanishedCommands implements ObjLongConsumer<TopicPartition> {

    private static final Logger LOG = LoggerFactory.getLogger(VanishedCommands.class);

    private final Map<String, Counter> counters = new HashMap<>();

    VanishedCommands(TopicCatalogue topics, MeterRegistry meters) {
        for (var aggregate : Aggregate.values()) {
            counters.put(
                    topics.commands(aggregate),
                    Counter.builder("gyroscops.commands.vanished")
                            .description("Offsets of commands that were deleted before they were handled")
                            .tag("aggregate", aggregate.plural())
                            .register(meters));
        }
    }

    /** What partitions tell each other is deleted once it was read, with the ends of transactions behind it. */
    @Override
    public void accept(TopicPartition partition, long offsets) {
        var counter = counters.get(partition.topic());
        if (counter != null) {
            counter.increment(offsets);
            LOG.error(
                    "{}: up to {} commands were deleted before they were handled, and have no results; was the command"
                            + " topology stopped for longer than GYROSCOPS_RETENTION?",
                    partition,
                    offsets);
        }
    }
}
