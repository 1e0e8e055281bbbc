package cloud.gyroscops.connectors.stripe.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parameters as Stripe takes them: form-encoded, with {@code metadata[key]} and {@code expand[0]} for what is nested. */
final class Form {

    private final Map<String, String> values;

    private Form(Map<String, String> values) {
        this.values = values;
    }

    static Form parse(String encoded) {
        var values = new LinkedHashMap<String, String>();
        if (encoded != null && !encoded.isBlank()) {
            int unnamed = 0;
            for (var pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (name.endsWith("[]")) {
                    name = name.substring(0, name.length() - 1) + unnamed++ + "]";
                }
                values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Form(values);
    }

    static Form of(Map<String, String> values) {
        return new Form(new LinkedHashMap<>(values));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid(
                    "parameter_invalid", null, "The parameters are not form-encoded: " + e.getMessage());
        }
    }

    /** What was given, empty text too: that unsets. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return text(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () -> Rejection.invalid("parameter_missing", name, "Missing required param: " + name + "."));
    }

    Optional<Long> number(String name) {
        return text(name).map(value -> {
            try {
                return Long.valueOf(value);
            } catch (NumberFormatException e) {
                throw Rejection.invalid("parameter_invalid_integer", name, "Invalid integer: " + value);
            }
        });
    }

    boolean flag(String name) {
        return text(name).filter("true"::equals).isPresent();
    }

    /** The entries of {@code name[key]}. */
    Map<String, String> entries(String name) {
        var entries = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> {
            if (key.startsWith(name + "[") && key.endsWith("]")) {
                entries.put(key.substring(name.length() + 1, key.length() - 1), value);
            }
        });
        return entries;
    }

    List<String> items(String name) {
        return List.copyOf(entries(name).values());
    }

    /** Refuses what Stripe would not know. */
    Form allow(Set<String> names) {
        for (var given : values.keySet()) {
            int bracket = given.indexOf('[');
            var name = bracket < 0 ? given : given.substring(0, bracket);
            if (!names.contains(name) && !name.equals("expand")) {
                throw Rejection.invalid("parameter_unknown", name, "Received unknown parameter: " + name);
            }
        }
        return this;
    }

    /** The same for the same parameters, in whatever order they came. */
    String canonical() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey().length() + ":" + entry.getKey() + "="
                                + entry.getValue().length() + ":" + entry.getValue())
                        .collect(Collectors.joining("&"));
    }
}
