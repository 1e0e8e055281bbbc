package cloud.gyroscops.standalone.erasure;

/** What removes records from a topic by itself. */
enum Removal {
    /** A later record under the same key. */
    COMPACTION,
    /** That they were read. */
    READING,
    NONE
}
