package cloud.gyroscops.query.feed;

/** Why somebody cannot read the feed now, and may come back. */
final class NotAdmitted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CutOff reason;

    NotAdmitted(CutOff reason) {
        super(reason.detail(), null, false, false);
        this.reason = reason;
    }

    CutOff reason() {
        return reason;
    }
}
