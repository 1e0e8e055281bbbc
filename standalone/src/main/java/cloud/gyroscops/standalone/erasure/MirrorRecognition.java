package cloud.gyroscops.standalone.erasure;

import static cloud.gyroscops.standalone.erasure.Concern.HARMLESS;
import static cloud.gyroscops.standalone.erasure.Concern.NOT_AT_ALL;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells which records of the mirrors are about one user. */
final class MirrorRecognition {

    private final String user;
    private final String name;
    private final Wire wire;
    private final StateSerde<MirroredAggregate> aggregates = Recognition.stored(MirroredAggregate.class);
    private final StateSerde<PendingWork> works = Recognition.stored(PendingWork.class);

    MirrorRecognition(String user, Wire wire) {
        this.user = user;
        this.name = Aggregate.USERS.plural() + '/' + user;
        this.wire = wire;
    }

    /** What became of the erasure may stay. */
    Concern outcome(ConsumerRecord<byte[], byte[]> record) {
        var key = Recognition.text(record.key());
        if (!key.substring(key.indexOf('/') + 1).startsWith(name + '@')) {
            return NOT_AT_ALL;
        }
        return record.value() == null
                ? HARMLESS
                : Concern.personalIf(!UserErased.class
                        .getSimpleName()
                        .equals(wire.outcome(record.value()).getEventType()));
    }

    /** Why something is parked may tell what it is. */
    Concern status(ConsumerRecord<byte[], byte[]> record) {
        return Recognition.text(record.key()).endsWith("/parked/" + name)
                ? Concern.personalIf(record.value() != null)
                : NOT_AT_ALL;
    }

    /** A user as its target has it. */
    Concern mirrored(ConsumerRecord<byte[], byte[]> record) {
        if (!Recognition.hasKey(record, name)) {
            return NOT_AT_ALL;
        }
        if (record.value() == null) {
            return HARMLESS;
        }
        var row = aggregates.deserializer().deserialize(record.topic(), record.value());
        boolean erased = row.getState() instanceof UserState state && state.getStatus() == UserStatus.ERASED;
        return Concern.personalIf(!erased || !row.getMirrored().isEmpty());
    }

    /** An event that waits to be mirrored. */
    Concern pending(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return NOT_AT_ALL;
        }
        var work = works.deserializer().deserialize(record.topic(), record.value());
        if (work.getAggregateType() != AggregateType.USER
                || !work.getAggregateId().equals(user)) {
            return NOT_AT_ALL;
        }
        return Concern.personalIf(
                work.getWork() instanceof UserEvent event && !(event.getPayload() instanceof UserErased));
    }

    /** An event that is parked. */
    Concern parked(ConsumerRecord<byte[], byte[]> record) {
        return Recognition.versioned(record, name) ? Concern.personalIf(record.value() != null) : NOT_AT_ALL;
    }
}
