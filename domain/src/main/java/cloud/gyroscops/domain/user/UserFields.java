package cloud.gyroscops.domain.user;

import cloud.gyroscops.domain.Fields;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Usernames, emails and names, as strict as Keycloak's default user profile, so that its mirror refuses none: username
 * 3 to 255, email and names up to 255 characters, and the characters that its validators {@code
 * username-prohibited-characters} and {@code person-name-prohibited-characters} leave over (Keycloak 26, user profile).
 */
final class UserFields {

    private static final Pattern USERNAME =
            Pattern.compile("[^<>&\"'\\s\\v\\h$%!#?§,;:*~/\\\\|^=\\[\\]{}()`\\p{Cntrl}]+");
    private static final Pattern NAME = Pattern.compile("[^<>&\"\\v$%!#?§;*~/\\\\|^=\\[\\]{}()\\p{Cntrl}]+");
    private static final Pattern EMAIL = Pattern.compile("[a-z0-9_+-]+(?:[.'][a-z0-9_+-]+)*" + "@"
            + "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SHORT_LOCAL_PART = Pattern.compile("[^@]{1,64}@.*");

    private final Fields fields;

    UserFields(Fields fields) {
        this.fields = fields;
    }

    /** In lower case, as Keycloak keeps it. */
    String username(String value) {
        // Folded before it is measured: a few letters become two in lower case.
        var username = fields.text("username", value == null ? null : value.toLowerCase(Locale.ROOT), 3, 255);
        return fields.matching("username", username, USERNAME, "no spaces and none of <>&\"'$%!#?§,;:*~/\\|^=[]{}()`");
    }

    /** In lower case, as Keycloak keeps it. */
    String email(String value) {
        var email = fields.text("email", value, 6, 255).toLowerCase(Locale.ROOT);
        fields.matching("email", email, EMAIL, "an address like ada@acme.test is");
        return fields.matching("email", email, SHORT_LOCAL_PART, "at most 64 characters before the @ are");
    }

    String name(String field, String value) {
        var name = fields.text(field, value, 1, 255);
        return fields.matching(field, name, NAME, "none of <>&\"$%!#?§;*~/\\|^=[]{}() and no line breaks");
    }
}
