package cloud.gyroscops.connectors.sidecar;

import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many records a worker has not taken in yet, by the offsets that it has committed; looked up once a second at most. */
final class Unread implements LongSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(Unread.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANSWERED_WITHIN_MS = 5_000;

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> partitions;
    private long known;
    private long knownAt = System.nanoTime() - FRESH_NANOS;

    Unread(Admin admin, String group, List<TopicPartition> partitions) {
        this.admin = admin;
        this.group = group;
        this.partitions = partitions;
    }

    @Override
    public synchronized long getAsLong() {
        if (System.nanoTime() - knownAt >= FRESH_NANOS) {
            try {
                known = look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("What {} has not taken in yet cannot be told", group, e);
            } finally {
                knownAt = System.nanoTime();
            }
        }
        return known;
    }

    private long look() throws InterruptedException, ExecutionException, TimeoutException {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var ends = admin.listOffsets(latest).all().get(ANSWERED_WITHIN_MS, TimeUnit.MILLISECONDS);
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(ANSWERED_WITHIN_MS, TimeUnit.MILLISECONDS);
        long unread = 0;
        for (var partition : partitions) {
            var offset = committed.get(partition);
            unread += Math.max(0, ends.get(partition).offset() - (offset == null ? 0 : offset.offset()));
        }
        return unread;
    }
}
