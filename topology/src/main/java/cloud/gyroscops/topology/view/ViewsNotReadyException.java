package cloud.gyroscops.topology.view;

/** The stores are being restored, move to another instance, or are behind: the same query may succeed in a moment. */
public final class ViewsNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ViewsNotReadyException(String message) {
        super(message);
    }

    ViewsNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
