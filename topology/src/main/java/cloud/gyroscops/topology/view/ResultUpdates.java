package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;

/** Keeps results by command id, for a while; none of a command whose result was erased. */
final class ResultUpdates implements Processor<String, byte[], Void, Void> {

    static final String STORE = "command-results";

    private final WorkedPartitions worked;
    private ProcessorContext<Void, Void> context;
    private WindowStore<String, byte[]> results;
    private WorkedPartitions.Work work;

    ResultUpdates(WorkedPartitions worked) {
        this.worked = worked;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        results = context.getStateStore(STORE);
        work = worked.begin(Side.RESULTS, context.taskId().partition());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            forget(record.key());
        } else {
            results.put(record.key(), record.value(), record.timestamp());
        }
        work.applied(context.currentSystemTimeMs());
    }

    @Override
    public void close() {
        work.close();
    }

    private void forget(String commandId) {
        try (var known = results.fetch(commandId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            known.forEachRemaining(entry -> results.put(commandId, null, entry.key));
        }
    }
}
