package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The offsets of a group that never begins anywhere by itself: partitions that it has never read are given their
 * beginnings before it starts.
 */
final class StartingOffsets {

    private final KafkaSettings kafka;
    private final Admin admin;
    private final String group;

    StartingOffsets(KafkaSettings kafka, Admin admin, String group) {
        this.kafka = kafka;
        this.admin = admin;
        this.group = group;
    }

    /**
     * Gives those of the partitions their beginnings that have no offset.
     *
     * @param isNew whether nothing was ever handled; asked for after the offsets, if there are none at all
     * @throws IllegalStateException if the group has members that do not let it be given offsets
     */
    void begin(Collection<TopicPartition> partitions, BooleanSupplier isNew) {
        var missing = missing(partitions);
        if (missing.isEmpty()) {
            return;
        }
        // Where something has happened since, whoever did it has offsets by now.
        if (missing.size() == partitions.size()
                && !isNew.getAsBoolean()
                && missing(partitions).size() == partitions.size()) {
            throw new IllegalStateException(
                    "the group " + group + " has lost its offsets; make them again with: gyroscops state rebuild");
        }
        try {
            var begins = new HashMap<>(admin.listOffsets(
                            missing.stream().collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.earliest())))
                    .all()
                    .get());
            // Another instance may have come, worked and gone meanwhile: it must not be set back.
            begins.keySet().removeAll(known().keySet());
            if (begins.isEmpty()) {
                return;
            }
            var offsets = begins.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            begin -> new OffsetAndMetadata(begin.getValue().offset())));
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownMemberIdException)) {
                throw new KafkaException("the group " + group + " could not be given offsets: " + e.getCause(), e);
            }
            // Another instance was first, and has seen to it.
            var still = missing(partitions);
            if (!still.isEmpty()) {
                throw new IllegalStateException(
                        "the group " + group + " has members, and no offsets for " + still
                                + "; stop all instances, and start one first (one that was killed is gone after some"
                                + " seconds)",
                        e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Those that are known, whether or not a transaction is about to move them on. */
    Map<TopicPartition, OffsetAndMetadata> known() {
        try {
            // Not only stable ones: those with a transaction under way would be left out, and an earlier one will do.
            return admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(false))
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("the group's offsets could not be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Set<TopicPartition> missing(Collection<TopicPartition> partitions) {
        var missing = new TreeSet<TopicPartition>(
                Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        missing.addAll(partitions);
        missing.removeAll(known().keySet());
        if (!missing.isEmpty()) {
            // Their first ones may be in a transaction that is not ended: a consumer, unlike the admin, waits for that.
            var settings = kafka.with(Map.of(
                    "group.id",
                    group,
                    "isolation.level",
                    "read_committed",
                    "enable.auto.commit",
                    "false",
                    // Longer than a transaction.
                    "default.api.timeout.ms",
                    "150000"));
            try (var consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.committed(missing).forEach((partition, offset) -> {
                    if (offset != null) {
                        missing.remove(partition);
                    }
                });
            }
        }
        return missing;
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while the group's offsets were looked at", e);
    }
}
