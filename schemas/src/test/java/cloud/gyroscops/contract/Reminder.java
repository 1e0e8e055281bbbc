package cloud.gyroscops.contract;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecordBase;

/** A contract for tests, with types that today's contracts do not have; Avro loads such classes from here only. */
public final class Reminder extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = SchemaBuilder.record("Reminder")
            .namespace("cloud.gyroscops.contract")
            .fields()
            .requiredInt("times")
            .nullableDouble("weight", 1)
            .endRecord();

    private final transient Object[] values = new Object[2];

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reminder reminder && Arrays.equals(values, reminder.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
