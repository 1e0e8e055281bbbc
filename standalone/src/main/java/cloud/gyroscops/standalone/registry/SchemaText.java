package cloud.gyroscops.standalone.registry;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas as text, of which one and the same schema has only one: without spaces, in Avro's own order. */
final class SchemaText {

    private SchemaText() {}

    static String normal(String schema) {
        return parse(schema).toString();
    }

    /** Throws a {@link RegistryProblem} if it is none. */
    static Schema parse(String schema) {
        try {
            return new Schema.Parser().parse(schema);
        } catch (AvroRuntimeException e) {
            throw RegistryProblem.invalidSchema(e.getMessage());
        }
    }
}
