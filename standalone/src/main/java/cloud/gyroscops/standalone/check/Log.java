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

    /** What is committed in a partition, to its end. */
    Iterator<ConsumerRecord<byte[], byte[]>> read(Span span);

    /** What comes after the ends, until enough is known or the time is over. */
    void follow(
            Collection<Span> spans,
            Duration atMost,
            BooleanSupplier enough,
            Consumer<ConsumerRecord<byte[], byte[]>> reader);
}
