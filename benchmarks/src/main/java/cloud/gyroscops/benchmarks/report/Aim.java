package cloud.gyroscops.benchmarks.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A figure and what it should be.
 *
 * @param text what is aimed at, for people
 * @param figure as measured
 * @param bound what it is held against
 * @param atMost whether the figure should be the bound or less; else the bound or more
 */
public record Aim(String text, double figure, double bound, boolean atMost) {

    public static Aim atMost(String text, double figure, double bound) {
        return new Aim(text, figure, bound, true);
    }

    public static Aim atLeast(String text, double figure, double bound) {
        return new Aim(text, figure, bound, false);
    }

    /** Not if there is no figure. */
    public boolean met() {
        return atMost ? figure <= bound : figure >= bound;
    }

    /** A line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%-6s %s: %.2f, aim %s %.2f", met() ? "met" : "MISSED", text, figure, sign(), bound);
    }

    /** {@code {"aim", "figure", "atMost" or "atLeast", "met"}}. */
    public void writeTo(ObjectNode json) {
        json.put("aim", text)
                .put("figure", Math.round(figure * 1000) / 1000.0)
                .put(atMost ? "atMost" : "atLeast", bound)
                .put("met", met());
    }

    private String sign() {
        return atMost ? "<=" : ">=";
    }
}
