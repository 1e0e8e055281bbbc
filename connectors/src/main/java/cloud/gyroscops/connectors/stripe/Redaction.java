package cloud.gyroscops.connectors.stripe;

import java.util.regex.Pattern;

/** Takes out of texts what only Stripe and we may know, and what a command's field does not take. */
final class Redaction {

    private static final Pattern SECRET = Pattern.compile("(?:[srp]k_(?:test|live)|whsec)_\\S+|\\S+_secret_\\w+");
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 500;

    private Redaction() {}

    /** A message of at most 500 characters, none of them control characters. */
    static String message(String text) {
        return bounded(text, LONGEST_MESSAGE);
    }

    /** A code of 1 to 100 characters. */
    static String code(String text, String otherwise) {
        var code = bounded(text, LONGEST_CODE);
        return code.isEmpty() ? otherwise : code;
    }

    private static String bounded(String text, int longest) {
        if (text == null) {
            return "";
        }
        var clean = SECRET.matcher(text)
                .replaceAll("[secret]")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return clean.length() <= longest ? clean : clean.substring(0, longest).strip();
    }
}
