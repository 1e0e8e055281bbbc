package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Origin;
import org.apache.avro.specific.SpecificRecord;

/**
 * A plain, well-formed command.
 *
 * @param name the payload's type, and what sets the example apart from another one of it
 * @param payload what is asked
 * @param origin one that may ask it
 */
public record Example(String name, SpecificRecord payload, Origin origin) {

    /** The only example of its type, from a client. */
    public static Example of(SpecificRecord payload) {
        return of(payload, Origin.CLIENT);
    }

    /** The only example of its type. */
    public static Example of(SpecificRecord payload, Origin origin) {
        return new Example(payload.getSchema().getName(), payload, origin);
    }

    /** One of several examples of its type. */
    public static Example of(SpecificRecord payload, Origin origin, String difference) {
        return new Example(payload.getSchema().getName() + " (" + difference + ")", payload, origin);
    }

    @Override
    public String toString() {
        return name;
    }
}
