package cloud.gyroscops.benchmarks.views;

/** What is read. */
public enum Kind {
    /** A user, or a user's history. */
    BY_ID,
    /** An organization's users. */
    LIST,
    /** Figures of an organization's users. */
    FIGURES,
    /** Figures of all users, which every partition has a part of. */
    OVERALL
}
