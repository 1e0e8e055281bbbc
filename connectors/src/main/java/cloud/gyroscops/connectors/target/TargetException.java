package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.mirror.MirrorError;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A target did not do what it was asked for. Messages are for operators: they never hold a secret. */
public abstract sealed class TargetException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LONGEST_CODE = 100;

    private final String code;
    private final int status;

    private TargetException(String code, String message, OptionalInt status, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status.orElse(0);
    }

    /** For programs, for example {@code card_declined} or {@code HTTP_409}. */
    public String code() {
        return code;
    }

    /** The HTTP status of the answer, if there was one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** As it is recorded: cut where it is long. */
    public MirrorError error() {
        return new MirrorError(
                cut(code, LONGEST_CODE),
                cut(String.valueOf(getMessage()), LONGEST_MESSAGE),
                status == 0 ? null : status);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + '…';
    }

    /** Nobody is served at the moment: no connection, no answer in time, 429, 5xx, or credentials that are refused. */
    public static final class Unavailable extends TargetException {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        /** With the time that the target asks to be left alone for, if it does. */
        public Unavailable(
                String code, String message, OptionalInt status, Optional<Duration> retryAfter, Throwable cause) {
            super(code, message, status, cause);
            this.retryAfter = retryAfter.orElse(null);
        }

        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** This one may work another time: an attempt of the event is used up. */
    public static final class Failed extends TargetException {

        private static final long serialVersionUID = 1L;

        public Failed(String code, String message, OptionalInt status, Throwable cause) {
            super(code, message, status, cause);
        }
    }

    /** The target will never do that: somebody has to look. */
    public static final class Refused extends TargetException {

        private static final long serialVersionUID = 1L;

        public Refused(String code, String message, OptionalInt status, Throwable cause) {
            super(code, message, status, cause);
        }
    }

    /** Something else has to be mirrored first: it is on its way. No attempt is used up. */
    public static final class NotYet extends TargetException {

        private static final long serialVersionUID = 1L;

        public NotYet(String code, String message) {
            super(code, message, OptionalInt.empty(), null);
        }
    }
}
