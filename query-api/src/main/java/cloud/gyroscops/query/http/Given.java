package cloud.gyroscops.query.http;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.topology.view.Token;
import cloud.gyroscops.topology.view.list.Period;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The query parameters of a request. What is not what it should be is thrown as a {@link Problem} that names the
 * parameter, the value and what would be right.
 *
 * @param values by name, each with one at least
 */
public record Given(Map<String, List<String>> values) {

    static final Given NOTHING = new Given(Map.of());

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final Set<String> PLACES = Set.of("page", "cursor", "after");
    private static final int LAST_YEAR = 9_999;

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A text of at least one character. */
    public Optional<String> text(String name, int longest) {
        return one(
                name,
                text -> {
                    check(!text.isBlank() && text.codePointCount(0, text.length()) <= longest);
                    return text;
                },
                "it must have 1 to " + longest + " characters");
    }

    /** The id of an aggregate. */
    public Optional<String> id(String name) {
        return one(
                name,
                text -> {
                    check(ID.matcher(text).matches());
                    return text;
                },
                "it must be 1 to 128 of A-Z, a-z, 0-9, '.', '_', ':' and '-'");
    }

    /** The ids of some aggregates. */
    public List<String> ids(String name) {
        return matching(name, ID, "it must be 1 to 128 of A-Z, a-z, 0-9, '.', '_', ':' and '-'");
    }

    /** A whole number within bounds, which are included. */
    public Optional<Long> whole(String name, long least, long most) {
        return one(
                name,
                text -> {
                    check(NUMBER.matcher(text).matches());
                    long number = Long.parseLong(text);
                    check(number >= least && number <= most);
                    return number;
                },
                "it must be a whole number from " + least + " to " + most);
    }

    /** A moment: a time in UTC, or with an offset. */
    public Optional<Instant> moment(String name) {
        return one(
                name,
                text -> {
                    var moment = OffsetDateTime.parse(text);
                    check(moment.getYear() >= 1 && moment.getYear() < LAST_YEAR);
                    return moment.toInstant();
                },
                "it must be a time like 2026-01-31T09:30:00Z");
    }

    /** From a moment on, and before another one. */
    public Period period(String from, String to) {
        var first = moment(from);
        var before = moment(to);
        if (first.isPresent() && before.isPresent() && !first.get().isBefore(before.get())) {
            throw Problem.badRequest(
                    to, to + " is \"" + values.get(to).get(0) + "\"; it must be after " + from + ", " + first.get());
        }
        return new Period(first, before);
    }

    /** A day. */
    public Optional<LocalDate> date(String name) {
        return one(
                name,
                text -> {
                    var date = LocalDate.parse(text);
                    check(date.getYear() >= 1 && date.getYear() < LAST_YEAR);
                    return date;
                },
                "it must be a date like 2026-01-31");
    }

    /** A time zone; UTC unless told otherwise. */
    public ZoneId zone(String name) {
        return one(name, ZoneId::of, "it must be a time zone like Europe/Paris or Z")
                .orElse(ZoneOffset.UTC);
    }

    /** One of some words. */
    public <T> Optional<T> choice(String name, Map<String, T> choices) {
        return one(name, text -> chosen(text, choices), oneOf(choices));
    }

    /** Some of some words; none if the parameter is not there. */
    public <T> List<T> choices(String name, Map<String, T> choices) {
        return all(name, text -> chosen(text, choices), oneOf(choices));
    }

    /** Some texts that a pattern matches. */
    public List<String> matching(String name, Pattern pattern, String right) {
        return all(
                name,
                text -> {
                    check(pattern.matcher(text).matches());
                    return text;
                },
                right);
    }

    /** What the answer must show at least. */
    public List<Token> tokens() {
        return all("token", Token::parse, "it must be one like users/u-1@7");
    }

    /**
     * What a query asks; throws a {@link Problem} where that cannot be asked, with the reason that is given for it. For
     * answers there is none: what fails there is not the client's fault.
     */
    public <T> T asked(Supplier<T> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException e) {
            var blamed = e.getMessage().split(" ", 2)[0];
            throw Problem.badRequest(has(blamed) ? blamed : null, e.getMessage());
        }
    }

    /** The same request from another place on: with another parameter instead of those that tell the place. */
    public String link(String path, String name, String value) {
        var link = new StringBuilder(path).append('?').append(name).append('=').append(encoded(value));
        new TreeMap<>(values).forEach((other, given) -> {
            if (!other.equals(name) && !PLACES.contains(other)) {
                given.forEach(each -> link.append('&').append(other).append('=').append(encoded(each)));
            }
        });
        return link.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private <T> Optional<T> one(String name, Function<String, T> parse, String right) {
        var given = values.get(name);
        return given == null ? Optional.empty() : Optional.of(parsed(name, given.get(0), parse, right));
    }

    private <T> List<T> all(String name, Function<String, T> parse, String right) {
        var given = values.get(name);
        return given == null
                ? List.of()
                : given.stream()
                        .map(text -> parsed(name, text, parse, right))
                        .distinct()
                        .toList();
    }

    private static <T> T parsed(String name, String text, Function<String, T> parse, String right) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problem.badRequest(name, name + " is \"" + text + "\"; " + right);
        }
    }

    private static <T> T chosen(String text, Map<String, T> choices) {
        check(choices.containsKey(text));
        return choices.get(text);
    }

    private static String oneOf(Map<String, ?> choices) {
        return "it must be one of " + String.join(", ", new TreeSet<>(choices.keySet()));
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalArgumentException();
        }
    }
}
