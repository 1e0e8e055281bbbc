package cloud.gyroscops.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no record, however often one tries. An outage of the registry is never reported as this. */
public final class MalformedRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final Malformation malformation;

    /** The message says what is wrong and where. */
    public MalformedRecordException(Malformation malformation, String message) {
        super(message);
        this.malformation = malformation;
    }

    /** The message says what is wrong and where. */
    public MalformedRecordException(Malformation malformation, String message, Throwable cause) {
        super(message, cause);
        this.malformation = malformation;
    }

    /** What kind of wrong it is. */
    public Malformation malformation() {
        return malformation;
    }
}
