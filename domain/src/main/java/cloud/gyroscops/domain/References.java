package cloud.gyroscops.domain;

/**
 * What the other aggregates that a command names were found to be, before it is decided.
 *
 * @param organization the organization of a new user or payment
 * @param user the user of a new payment
 */
public record References(Found organization, Found user) {

    /** What was found. */
    public enum Found {
        /** Nobody looked: the reference is not held against the command. */
        NOT_ASKED,
        PRESENT,
        MISSING,
        /** An organization that takes no new users or payments. */
        SUSPENDED,
        /** A user that was deleted. */
        DELETED,
        /** A user of another organization than the command's. */
        ELSEWHERE
    }

    /** Nobody looked. */
    public static final References NOT_ASKED = new References(Found.NOT_ASKED, Found.NOT_ASKED);
}
