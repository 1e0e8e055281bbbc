package cloud.gyroscops.standalone.erasure;

import static cloud.gyroscops.standalone.erasure.Concern.HARMLESS;
import static cloud.gyroscops.standalone.erasure.Concern.NOT_AT_ALL;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.topology.view.history.EventIndex;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells which records of the views' own topics are about one user. */
final class ViewRecognition {

    private static final String ERASURE = UserErased.class.getSimpleName() + "@";

    private final String user;
    private final StateSerde<UserView> views = Recognition.stored(UserView.class);
    private final StateSerde<ViewChange> changes = Recognition.stored(ViewChange.class);

    ViewRecognition(String user) {
        this.user = user;
    }

    /** The latest view, or the row of a list. */
    Concern latest(ConsumerRecord<byte[], byte[]> record) {
        return Recognition.hasKey(record, user) ? view(record) : NOT_AT_ALL;
    }

    Concern snapshot(ConsumerRecord<byte[], byte[]> record) {
        return Recognition.versioned(record, user) ? view(record) : NOT_AT_ALL;
    }

    private Concern view(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null
                ? HARMLESS
                : Concern.personalIf(holds(views.deserializer().deserialize(record.topic(), record.value())));
    }

    /** What happened when; that there was an erasure may stay. */
    Concern indexed(ConsumerRecord<byte[], byte[]> record) {
        var key = Recognition.text(record.key());
        if (!EventKey.aggregateId(EventIndex.event(key)).equals(user)) {
            return NOT_AT_ALL;
        }
        return Concern.personalIf(record.value() != null && !key.startsWith(ERASURE));
    }

    /** How far an organization's partition has come with the user. */
    Concern applied(ConsumerRecord<byte[], byte[]> record) {
        return Recognition.hasKey(record, Aggregate.USERS.plural() + '/' + user) ? HARMLESS : NOT_AT_ALL;
    }

    /** A change on its way to the organization: an erasure, too, tells what was before. */
    Concern change(ConsumerRecord<byte[], byte[]> record) {
        var change = changes.deserializer().deserialize(record.topic(), record.value());
        if (change.getAggregateType() != AggregateType.USER
                || !change.getAggregateId().equals(user)) {
            return NOT_AT_ALL;
        }
        return Concern.personalIf(holds(change.getBefore()) || holds(change.getAfter()));
    }

    private static boolean holds(Object view) {
        return view instanceof UserView known && known.getState().getStatus() != UserStatus.ERASED;
    }
}
