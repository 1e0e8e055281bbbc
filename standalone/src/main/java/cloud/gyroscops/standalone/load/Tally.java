package cloud.gyroscops.standalone.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of the lines. */
final class Tally {

    private static final int PROBLEMS_TOLD = 20;

    private final Map<String, Long> rejected = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private long read;
    private long accepted;
    private long malformed;
    private String stopped;

    synchronized void read() {
        read++;
    }

    synchronized void answered(Line line, Answer answer) {
        switch (answer.kind()) {
            case ACCEPTED -> accepted++;
            case REJECTED -> rejected.merge(answer.reason(), 1L, Long::sum);
            case MALFORMED -> malformed(line.number(), answer.detail());
            case OPEN -> throw new IllegalArgumentException("an open line is not answered");
        }
    }

    synchronized void malformed(long number, String problem) {
        malformed++;
        if (problems.size() < PROBLEMS_TOLD) {
            problems.add("line " + number + ": " + problem);
        }
    }

    /** The first reason stays. */
    synchronized void stop(String why) {
        stopped = stopped == null ? why : stopped;
    }

    synchronized boolean stopped() {
        return stopped != null;
    }

    synchronized LoadReport report() {
        return new LoadReport(read, accepted, new TreeMap<>(rejected), malformed, List.copyOf(problems), stopped);
    }
}
