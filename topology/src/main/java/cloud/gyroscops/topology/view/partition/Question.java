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

    /** The same question, with no more patience than that. */
    default Question<A> within(Duration most) {
        return this;
    }

    /** How long an instance may be silent about it, beyond its patience, until another one is asked. */
    default Duration takes() {
        return Duration.ofSeconds(1);
    }

    /** Answers from one partition; throws {@code InvalidStateStoreException} should it move meanwhile. */
    A answer(PartitionStores stores);
}
