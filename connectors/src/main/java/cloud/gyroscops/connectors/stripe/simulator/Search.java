package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Stripe's search language, as far as it compares for equality: {@code metadata['key']:'value' AND status:'succeeded'}. As
 * there, case does not count.
 */
final class Search {

    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?:metadata\\[(['\"])(?<key>.*?)\\1\\]|(?<field>status|currency|customer))\\s*:\\s*(['\"])(?<value>(?:\\\\.|(?!\\4).)*)\\4\\s*");

    private Search() {}

    static Predicate<ObjectNode> parse(String query) {
        Predicate<ObjectNode> all = object -> true;
        for (var clause : query.split("\\sAND\\s")) {
            var matcher = CLAUSE.matcher(clause);
            if (!matcher.matches()) {
                throw Rejection.invalid(
                        "parameter_invalid_string", "query", "We were unable to parse your search query: " + query);
            }
            var value = matcher.group("value").replaceAll("\\\\(.)", "$1");
            var field = matcher.group("field");
            var key = matcher.group("key");
            all = all.and(object -> field == null
                    ? object.path("metadata").path(key).asText("").equalsIgnoreCase(value)
                    : object.path(field).asText("").equalsIgnoreCase(value));
        }
        return all;
    }
}
