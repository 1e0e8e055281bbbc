package cloud.gyroscops.standalone.erasure;

/**
 * What one topic holds of a user.
 *
 * @param topic its name
 * @param records how many were read
 * @param about of these, how many concern the user
 * @param personal how many hold what must go: personal data of the user, or one of the values that were looked for
 * @param waiting of these, how many only wait for compaction, since a later record under the same key has replaced them, or
 *     to be deleted once they are read
 * @param matching how many contain one of the values that were looked for
 */
public record TopicTraces(String topic, long records, long about, long personal, long waiting, long matching) {

    /** How many hold what must go, and nothing makes it go. */
    public long left() {
        return personal - waiting;
    }
}
