package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.streams.Changelogs;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Commands that were taken in but wait for answers. Until they have their results they stay in their topics: should the
 * stores be lost, a rebuild finds them nowhere else. One that came to a partition where it does not belong is in two places:
 * where its producer had put it, which is stored with it, and behind, in its own partition.
 */
final class ParkedPlaces {

    /** @param partition that the store of what is parked has it in: its aggregate's */
    private record Waiting(ParkedCommand command, int partition) {

        TopicPartition place() {
            return new TopicPartition(command.getTopic(), command.getPartition());
        }

        TopicPartition copy() {
            return new TopicPartition(command.getTopic(), partition);
        }
    }

    private final TopicScan scan;
    private final HandledRecords handled;
    private final String applicationId;
    private final StateSerde<Parked> serde =
            new StateSerde<>(Parked.class, SchemaHistory.load().of(Parked.class.getName()));

    ParkedPlaces(TopicScan scan, HandledRecords handled, String applicationId) {
        this.scan = scan;
        this.handled = handled;
        this.applicationId = applicationId;
    }

    /** Whether one of them is below these offsets of its type's commands. */
    boolean anyBelow(Aggregate aggregate, Map<TopicPartition, Long> ends) throws InterruptedException {
        return first(aggregate).entrySet().stream()
                .anyMatch(place -> place.getValue() < ends.getOrDefault(place.getKey(), 0L));
    }

    /** No later than the first of them in each partition of its type's commands. */
    Map<TopicPartition, Long> first(Aggregate aggregate) throws InterruptedException {
        var changelog = Changelogs.topic(applicationId, AggregateModel.parkedStore(aggregate));
        var first = new HashMap<TopicPartition, Long>();
        if (!scan.topics().contains(changelog)) {
            return first;
        }
        var waiting = new HashMap<String, Waiting>();
        // Also what is in transactions whose ends are late: that the commands are taken in may be known before.
        scan.read(handled.ends(scan.partitions(changelog)), record -> {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            var parked = serde.deserializer().deserialize(changelog, record.value());
            if (parked != null && parked.getParked() instanceof ParkedCommand command) {
                waiting.put(key, new Waiting(command, record.partition()));
            } else {
                waiting.remove(key);
            }
        });
        var copies = new HashMap<TopicPartition, Long>();
        waiting.values().forEach(each -> {
            first.merge(each.place(), each.command().getOffset(), Math::min);
            if (!each.copy().equals(each.place())) {
                copies.merge(each.copy(), each.command().getTime().toEpochMilli(), Math::min);
            }
        });
        // Where exactly a copy is nobody has kept; it is no older than the command.
        scan.since(copies).forEach((partition, offset) -> first.merge(partition, offset, Math::min));
        return first;
    }
}
