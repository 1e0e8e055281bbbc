package cloud.gyroscops.schemas;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Not a test, and run only when named: {@value #COMMAND}. Writes what changed in the contracts into the schema history,
 * or says which rule forbids the change.
 */
class RecordSchemaHistory {
    static final String COMMAND = "mvn -pl schemas test -Dtest=RecordSchemaHistory";

    @Test
    void record() throws IOException {
        HistoryDirectory history = new HistoryDirectory(Path.of("src/main/resources/schema-history"));
        for (Map.Entry<Schema, EvolutionRule> contract : CurrentContracts.all().entrySet()) {
            history.record(contract.getKey(), contract.getValue());
        }
    }
}
