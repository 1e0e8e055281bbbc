package cloud.gyroscops.topology.view.partition;

import java.time.Duration;

/**
 * What may be asked of one partition of the views. Questions are records whose parts, like those of their answers, can be
 * carried to another instance: text, numbers, instants, enums, views (Avro), records, lists and maps of these.
 *
 * @param <A> the answer; never null
 */
public interface Question<A> {

    /** The half of the views that can answer. */
    Side side();

    /** How long the answer itself may wait for something to happen. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** Answers from one partition; throws {@code InvalidStateStoreException} should it move meanwhile. */
    A answer(PartitionStores stores);
}
