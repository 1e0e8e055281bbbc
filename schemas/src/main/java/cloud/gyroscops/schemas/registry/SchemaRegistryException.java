package cloud.gyroscops.schemas.registry;

/** A registry did not do what was asked. Only {@link RegistryUnavailableException} is worth another try. */
public class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was asked, and what the registry said to it. */
    public SchemaRegistryException(String message) {
        super(message);
    }

    /** Says what was asked, and what went wrong below. */
    public SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
