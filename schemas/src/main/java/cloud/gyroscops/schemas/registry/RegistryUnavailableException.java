package cloud.gyroscops.schemas.registry;

/**
 * An outage: nothing answered in time, or only with 429, 5xx or what no registry says. It tells nothing about the
 * record at hand, and the same call may succeed later.
 */
public final class RegistryUnavailableException extends SchemaRegistryException {
    private static final long serialVersionUID = 1L;

    /** Names every URL that was tried, and what happened there. */
    public RegistryUnavailableException(String message) {
        super(message);
    }

    /** Names every URL that was tried; the cause is what happened at the last one. */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
