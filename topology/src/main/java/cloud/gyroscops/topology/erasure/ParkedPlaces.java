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
 * stores be lost, a rebuild finds them nowhere else.
 */
final class ParkedPlaces {

    private final TopicScan scan;
    private final String applicationId;
    private final StateSerde<Parked> serde =
            new StateSerde<>(Parked.class, SchemaHistory.load().of(Parked.class.getName()));

    ParkedPlaces(TopicScan scan, String applicationId) {
        this.scan = scan;
        this.applicationId = applicationId;
    }

    /** Whether one of them is below these offsets of its type's commands. */
    boolean anyBelow(Aggregate aggregate, Map<TopicPartition, Long> ends) {
        return first(aggregate).entrySet().stream()
                .anyMatch(place -> place.getValue() < ends.getOrDefault(place.getKey(), 0L));
    }

    /** The first of them in each partition of its type's commands. */
    Map<TopicPartition, Long> first(Aggregate aggregate) {
        var changelog = Changelogs.topic(applicationId, AggregateModel.parkedStore(aggregate));
        var first = new HashMap<TopicPartition, Long>();
        if (!scan.topics().contains(changelog)) {
            return first;
        }
        var waiting = new HashMap<String, ParkedCommand>();
        scan.read(scan.ends(scan.partitions(changelog)), record -> {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            var parked = serde.deserializer().deserialize(changelog, record.value());
            if (parked != null && parked.getParked() instanceof ParkedCommand command) {
                waiting.put(key, command);
            } else {
                waiting.remove(key);
            }
        });
        waiting.values()
                .forEach(command -> first.merge(
                        new TopicPartition(command.getTopic(), command.getPartition()),
                        command.getOffset(),
                        Math::min));
        return first;
    }
}
