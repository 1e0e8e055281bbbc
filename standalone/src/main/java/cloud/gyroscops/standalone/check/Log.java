package cloud.gyroscops.standalone.check;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of an installation, up to ends that were fixed once. */
interface Log {

    /** All partitions, in their order; none if there is no such topic. */
    List<Span> spans(String topic);

    /** What is committed in a partition, to its end; not what is deleted meanwhile. */
    Iterator<ConsumerRecord<byte[], byte[]>> read(Span span);

    /** Where a partition begins now: erasures and retention delete also while it is read. */
    long beginsNow(Span span);

    /** Records of a topic that have this time or an earlier one may have been deleted for their age, in milliseconds. */
    long expired(String topic);

    /**
     * The first offset that the command topology has not handled. What follows from those before it was told, be it by
     * {@link #read} or by {@link #follow}.
     */
    long handled(Span span);

    /** Whether an instance of the command topology runs now. */
    boolean attended();

    /** What comes after the ends, until enough is known or the time is over. */
    void follow(
            Collection<Span> spans,
            Duration atMost,
            BooleanSupplier enough,
            Consumer<ConsumerRecord<byte[], byte[]>> reader);
}
