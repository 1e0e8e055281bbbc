package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class EndsTest {

    private static final TopicPartition LED = new TopicPartition("users.events", 0);
    private static final TopicPartition LEADERLESS = new TopicPartition("users.events", 1);
    private static final long SOON = Duration.ofMillis(250).toNanos();
    private static final long LATER = Duration.ofSeconds(2).toNanos();

    private final Map<IsolationLevel, Long> offsets = new HashMap<>();
    private final Ends ends = new Ends((Admin) Proxy.newProxyInstance(
            Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                @SuppressWarnings("unchecked")
                var partitions = ((Map<TopicPartition, ?>) arguments[0]).keySet();
                return listed(partitions, ((ListOffsetsOptions) arguments[1]).isolationLevel());
            }));

    @Test
    void aPartitionWithoutALeaderTakesNothingFromTheOthers() throws InterruptedException {
        given(100, 100);

        assertThat(ends.look(Set.of(LED, LEADERLESS), 0)).containsOnly(Map.entry(LED, new Ends.End(100, 100, 0)));
    }

    @Test
    void theLastThatWasDecidedMayBeTheEndOfATransaction() throws InterruptedException {
        given(100, 100);

        assertThat(reach(0)).isEqualTo(99);
    }

    @Test
    void whatIsOpenCountsUntilItIsOpenForTooLong() throws InterruptedException {
        given(103, 100);

        assertThat(reach(0)).isEqualTo(103);
        assertThat(reach(SOON)).isEqualTo(103);
        assertThat(reach(LATER)).isEqualTo(99);
    }

    @Test
    void whatIsOpenAfterMoreWasDecidedIsAnotherTransaction() throws InterruptedException {
        given(103, 100);
        reach(0);
        given(203, 200);

        assertThat(reach(LATER)).isEqualTo(203);
    }

    private void given(long written, long decided) {
        offsets.put(IsolationLevel.READ_UNCOMMITTED, written);
        offsets.put(IsolationLevel.READ_COMMITTED, decided);
    }

    private long reach(long now) throws InterruptedException {
        return ends.look(Set.of(LED), now).get(LED).reach(now);
    }

    private ListOffsetsResult listed(Set<TopicPartition> partitions, IsolationLevel isolation) {
        var results = new HashMap<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>>();
        for (var partition : partitions) {
            var result = new KafkaFutureImpl<ListOffsetsResult.ListOffsetsResultInfo>();
            if (partition.equals(LED)) {
                result.complete(
                        new ListOffsetsResult.ListOffsetsResultInfo(offsets.get(isolation), -1, Optional.empty()));
            } else {
                result.completeExceptionally(new TimeoutException("no leader"));
            }
            results.put(partition, result);
        }
        return new ListOffsetsResult(results);
    }
}
