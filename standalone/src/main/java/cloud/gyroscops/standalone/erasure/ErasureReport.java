package cloud.gyroscops.standalone.erasure;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What is left of a user, topic by topic.
 *
 * @param user the id
 * @param erased whether the last event says so
 * @param topics in the order of their names
 */
public record ErasureReport(String user, boolean erased, List<TopicTraces> topics) {

    /** Whether there is any trace of such a user, if only that it was erased. */
    public boolean known() {
        return total(TopicTraces::about) > 0;
    }

    /** How many records hold what must go, and nothing makes them go. */
    public long left() {
        return total(TopicTraces::left);
    }

    /** How many records hold what must go, and wait for compaction. */
    public long waiting() {
        return total(TopicTraces::waiting);
    }

    /** Whether everything is as it must be. */
    public boolean clean() {
        return erased && left() == 0 && waiting() == 0;
    }

    /** In one line, what that means. */
    public String verdict() {
        if (!erased) {
            return user + " is not erased: " + (left() + waiting()) + " records hold what an EraseUser would remove";
        }
        if (left() > 0) {
            return left() + " records hold what must go, and nothing removes them yet; is a command topology running?";
        }
        if (waiting() > 0) {
            return waiting() + " records wait for compaction; nothing else is left of " + user;
        }
        return "nothing is left of " + user + " but that it was erased";
    }

    private long total(ToLongFunction<TopicTraces> of) {
        return topics.stream().mapToLong(of).sum();
    }
}
