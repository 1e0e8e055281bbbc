package cloud.gyroscops.topology.view.version;

/** A version of the views was asked for that this instance does not run. */
public final class NoSuchVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message says which ones there are. */
    public NoSuchVersionException(String message) {
        super(message);
    }
}
