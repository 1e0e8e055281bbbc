package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.topology.streams.OpenTransactions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** The command application's group, which must have no members while its stores are made. */
public final class Group {

    private final Admin admin;
    private final String id;

    /** Of an application. */
    public Group(Admin admin, String applicationId) {
        this.admin = admin;
        this.id = applicationId;
    }

    /**
     * Makes sure that the application is stopped.
     *
     * @throws IllegalStateException if it is not; names its members
     */
    public void refuseMembers() {
        try {
            var members = admin.describeConsumerGroups(List.of(id))
                    .describedGroups()
                    .get(id)
                    .get()
                    .members();
            if (!members.isEmpty()) {
                throw new IllegalStateException("the command topology runs: group " + id + " has "
                        + members.stream()
                                .map(member -> member.clientId() + " at " + member.host())
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "; stop it first (one that was killed is gone after some seconds)");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failed("described", e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Undoes what members that were killed have left open, so that they cannot commit it any more either. */
    public void endTransactions() {
        try {
            var open = new OpenTransactions(admin, id);
            open.end(open.ids());
        } catch (ExecutionException e) {
            throw failed("rid of its open transactions", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Without offsets the application does not start. */
    public void deleteOffsets() {
        try {
            await(admin.deleteConsumerGroups(List.of(id)).all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                refuseMembers();
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failed("deleted", e);
            }
        }
    }

    /** From where the application will go on. */
    public void setOffsets(Map<TopicPartition, Long> offsets) {
        try {
            await(admin.alterConsumerGroupOffsets(
                            id,
                            offsets.entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue()))))
                    .all());
        } catch (ExecutionException e) {
            throw failed("given its offsets", e);
        }
    }

    private static void await(KafkaFuture<Void> future) throws ExecutionException {
        try {
            future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private KafkaException failed(String what, ExecutionException e) {
        return new KafkaException("the group " + id + " could not be " + what + ": " + e.getCause(), e);
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted", e);
    }
}
