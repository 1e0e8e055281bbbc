package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.schemas.ContractClasses;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Avro's data model for one generated class, with the class's own conversions and the fastest ways of both directions. */
final class RecordModel {

    private RecordModel() {}

    static SpecificData of(Class<? extends SpecificRecord> type) {
        ContractClasses.trust();
        // A model of our own: the generated class's one is shared by everybody in the JVM.
        SpecificData model = new SpecificData(type.getClassLoader());
        for (Conversion<?> conversion : SpecificData.getForClass(type).getConversions()) {
            model.addLogicalTypeConversion(conversion);
        }
        model.setFastReaderEnabled(true);
        model.setCustomCoders(true);
        return model;
    }

    static Schema schemaOf(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }
}
