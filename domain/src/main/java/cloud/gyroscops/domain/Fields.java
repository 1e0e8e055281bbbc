package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks and normalizes the fields of one payload. The first problem is kept; what later checks return is then of no
 * use.
 */
public final class Fields {

    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int LONGEST_ID = 128;
    private static final int SHOWN = 60;

    private Refusal problem;

    /** Whether a check failed. */
    public boolean refused() {
        return problem != null;
    }

    /** The refusal of the first check that failed. */
    public <E> Decision<E, Refusal> refusal() {
        return new Decision.Refused<>(problem);
    }

    /** The first check that failed; null if none did. */
    public Refusal problem() {
        return problem;
    }

    /** Text without surrounding white space, of {@code min} to {@code max} characters, none of them control characters. */
    public String text(String field, String value, int min, int max) {
        var text = value == null ? "" : value.strip();
        if (text.length() < min || text.length() > max) {
            refuse(field, field + " has " + text.length() + " characters; " + min + " to " + max + " are allowed");
        } else if (holdsControls(text)) {
            refuse(field, field + " " + quote(text) + " holds control characters");
        }
        return text;
    }

    /** An id: 1 to 128 of {@code [A-Za-z0-9._:-]}. */
    public String id(String field, String value) {
        if (!isId(value)) {
            refuse(field, field + " " + quote(value) + " is no id; 1 to 128 of A-Z a-z 0-9 . _ : - are allowed");
        }
        return value;
    }

    // Every command passes here several times: loops, since patterns and streams take ten times as long.

    private static boolean isId(String value) {
        if (value == null || value.isEmpty() || value.length() > LONGEST_ID) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '_'
                    || c == ':'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return true;
            }
        }
        return false;
    }

    /** Text that matches a pattern, too. */
    public String matching(String field, String text, Pattern pattern, String allowed) {
        if (problem == null && !pattern.matcher(text).matches()) {
            refuse(field, field + " " + quote(text) + " is not allowed; " + allowed);
        }
        return text;
    }

    /** An amount of money in minor units: more than 0. */
    public long amount(String field, long value) {
        if (value <= 0) {
            refuse(field, field + " is " + value + "; it must be more than 0, in the currency's minor unit");
        }
        return value;
    }

    /** The upper-case ISO 4217 code of a currency that has minor units. */
    public String currency(String field, String value) {
        var code = value == null ? "" : value.strip().toUpperCase(Locale.ROOT);
        try {
            if (Currency.getInstance(code).getDefaultFractionDigits() < 0) {
                refuse(field, field + " " + code + " has no minor unit to count in; use one like EUR, USD or JPY");
            }
        } catch (IllegalArgumentException unknown) {
            refuse(field, field + " " + quote(value) + " is no ISO 4217 currency code; use one like EUR, USD or JPY");
        }
        return code;
    }

    /** At most 50 different roles of 1 to 64 of {@code [A-Za-z0-9._:-]}, in the order given. */
    public List<String> roles(String field, List<String> values) {
        var roles = new LinkedHashSet<String>();
        for (String value : values) {
            var role = value.strip();
            if (!ROLE.matcher(role).matches()) {
                refuse(field, "role " + quote(value) + " is not allowed; 1 to 64 of A-Z a-z 0-9 . _ : - are");
            }
            roles.add(role);
        }
        if (roles.size() > 50) {
            refuse(field, field + " holds " + roles.size() + " roles; 50 are allowed");
        }
        return new ArrayList<>(roles);
    }

    /** At most 50 entries, keys of 1 to 40 characters, values of at most 500. Trimmed, in the keys' order. */
    public Map<String, String> metadata(String field, Map<String, String> values) {
        if (values.isEmpty()) {
            return values;
        }
        if (values.size() > 50) {
            refuse(field, field + " has " + values.size() + " entries; 50 are allowed");
        }
        var entries = new TreeMap<String, String>();
        // In order, so that of several problems the same one is told whatever the map's own order.
        new TreeMap<>(values).forEach((key, value) -> {
            var name = text(field, key, 1, 40);
            if (entries.put(name, text(field + "." + abbreviate(name), value, 0, 500)) != null) {
                refuse(field, field + " holds " + quote(name) + " twice, white space aside");
            }
        });
        return entries;
    }

    /** Any other condition on a field; {@code demand} completes the sentence that begins with its name. */
    public void check(String field, boolean condition, String demand) {
        check(RefusalReason.INVALID_FIELD, field, condition, demand);
    }

    /** The same, with a reason of its own. */
    public void check(RefusalReason reason, String field, boolean condition, String demand) {
        if (!condition) {
            refuse(reason, field, field + " " + demand);
        }
    }

    /** A value for a message: in quotes, not too long. */
    public static String quote(String value) {
        return value == null ? "null" : '"' + abbreviate(value) + '"';
    }

    private static String abbreviate(String value) {
        if (value.length() <= SHOWN) {
            return value;
        }
        // Not between the halves of a surrogate pair: half of one is no text.
        int end = Character.isHighSurrogate(value.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return value.substring(0, end) + "…";
    }

    private void refuse(String field, String message) {
        refuse(RefusalReason.INVALID_FIELD, field, message);
    }

    private void refuse(RefusalReason reason, String field, String message) {
        if (problem == null) {
            problem = new Refusal(reason, message, field);
        }
    }
}
