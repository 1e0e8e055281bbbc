package cloud.gyroscops.benchmarks.report;

/** What an option's value must lie within. All methods throw an {@link IllegalArgumentException} that names option and value. */
public final class Range {

    private Range() {}

    /** Bounds included. */
    public static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            var right = least == most ? Integer.toString(least) : least + " to " + most;
            throw wrong(option, Integer.toString(value), right);
        }
    }

    /** Bounds included; what is not a number is wrong, too. */
    public static void check(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw wrong(option, Double.toString(value), least + " to " + most);
        }
    }

    private static IllegalArgumentException wrong(String option, String value, String right) {
        return new IllegalArgumentException(option + " is " + value + "; it must be " + right);
    }
}
