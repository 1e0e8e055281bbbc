package cloud.gyroscops.topology.view;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;

/** Keeps results by command id, for a while. */
final class ResultUpdates implements Processor<String, byte[], Void, Void> {

    static final String STORE = "command-results";

    private WindowStore<String, byte[]> results;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        results = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        results.put(record.key(), record.value(), record.timestamp());
    }
}
