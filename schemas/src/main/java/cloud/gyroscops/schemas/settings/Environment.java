package cloud.gyroscops.schemas.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads settings from environment variables. A value that is not what it should be gets an {@link
 * IllegalArgumentException} that names the variable, the value and what would be right.
 */
public final class Environment {

    private final Map<String, String> variables;
    private final Set<String> asked = Collections.synchronizedSet(new TreeSet<>());

    /** Reads from these variables. */
    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variables whose names somebody has asked for: the ones that the settings know. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** All variables, for settings that take whole families of them. */
    public Map<String, String> all() {
        return variables;
    }

    public String text(String name, String otherwise) {
        asked.add(name);
        var value = variables.get(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    public int integer(String name, int otherwise, int min, int max) {
        var value = text(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        throw new IllegalArgumentException(
                name + " is \"" + value + "\"; it must be a whole number from " + min + " to " + max);
    }

    /** An ISO 8601 duration like PT5S or P1D, more than 0. */
    public Duration duration(String name, Duration otherwise) {
        var value = text(name, otherwise.toString());
        try {
            var duration = Duration.parse(value);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // Told below, like a duration out of bounds.
        }
        throw new IllegalArgumentException(
                name + " is \"" + value + "\"; it must be an ISO 8601 duration of more than 0, like PT5S or P1D");
    }
}
