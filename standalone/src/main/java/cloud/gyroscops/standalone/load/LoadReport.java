package cloud.gyroscops.standalone.load;

import java.util.List;
import java.util.Map;

/**
 * How far a load has come, or what came of it.
 *
 * @param read lines that hold something
 * @param accepted commands
 * @param rejected commands, by reason
 * @param malformed lines that are no commands
 * @param problems the first malformed lines, each with its number and what is wrong
 * @param stopped why the load ended before its end; null if it did not
 */
public record LoadReport(
        long read, long accepted, Map<String, Long> rejected, long malformed, List<String> problems, String stopped) {

    /** Commands that were rejected, for whatever reason. */
    public long allRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Lines to which there is an answer. */
    public long answered() {
        return accepted + allRejected() + malformed;
    }

    /** Whether every line was a command, and every command was answered. */
    public boolean complete() {
        return stopped == null && malformed == 0 && answered() == read;
    }
}
