package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The fields that are compared, in one form for what the log says and what Keycloak has. */
final class Compared {

    static final String NAME = "name";
    static final String ENABLED = "enabled";
    static final String USERNAME = "username";
    static final String EMAIL = "email";
    static final String FIRST_NAME = "firstName";
    static final String LAST_NAME = "lastName";
    static final String EMAIL_VERIFIED = "emailVerified";
    static final String ROLES = "roles";
    static final String ORGANIZATION = "organization";

    /** When Keycloak saw the user last, in milliseconds: noted beside the fields, and never pushed. */
    static final String LAST_LOGIN = "lastLogin";

    static final Set<String> ALL_OF_A_USER =
            Set.of(USERNAME, EMAIL, FIRST_NAME, LAST_NAME, ENABLED, EMAIL_VERIFIED, ROLES, ORGANIZATION);

    static final Set<String> ALL_OF_AN_ORGANIZATION = Set.of(NAME, ENABLED);

    /** The fields that are in the user's representation. */
    static final Set<String> PROFILE = Set.of(USERNAME, EMAIL, FIRST_NAME, LAST_NAME, ENABLED, EMAIL_VERIFIED);

    /** Every realm has them; who has them is Keycloak's own matter. */
    private static final Set<String> BUILT_IN_ROLES = Set.of("offline_access", "uma_authorization");

    /** As the log has them; there is no comma in them, which keeps them apart here. */
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final String DEFAULT_ROLES = "default-roles-";

    private Compared() {}

    static Map<String, String> of(OrganizationState organization) {
        return Map.of(
                NAME,
                organization.getName(),
                ENABLED,
                Boolean.toString(organization.getStatus() != OrganizationStatus.SUSPENDED));
    }

    static Map<String, String> of(OrganizationRepresentation organization) {
        return Map.of(NAME, text(organization.getName()), ENABLED, Boolean.toString(organization.isEnabled()));
    }

    static Map<String, String> of(UserState user) {
        return Map.of(
                USERNAME, user.getUsername(),
                EMAIL, user.getEmail(),
                FIRST_NAME, user.getFirstName(),
                LAST_NAME, user.getLastName(),
                ENABLED, Boolean.toString(user.getStatus() == UserStatus.ENABLED),
                EMAIL_VERIFIED, Boolean.toString(user.getEmailVerified()),
                ROLES, joined(roles(user.getRoles())),
                ORGANIZATION, user.getOrganizationId());
    }

    /** @param organizations ours, that the user is a member of, by our ids */
    static Map<String, String> of(UserRepresentation user, Collection<String> roles, Collection<String> organizations) {
        return Map.of(
                USERNAME, text(user.getUsername()),
                EMAIL, text(user.getEmail()),
                FIRST_NAME, text(user.getFirstName()),
                LAST_NAME, text(user.getLastName()),
                ENABLED, Boolean.toString(Boolean.TRUE.equals(user.isEnabled())),
                EMAIL_VERIFIED, Boolean.toString(Boolean.TRUE.equals(user.isEmailVerified())),
                ROLES, joined(roles(roles)),
                ORGANIZATION, joined(organizations));
    }

    /** Without those that every realm has, and those that no user of the log can have: these are nobody's but Keycloak's. */
    static Set<String> roles(Collection<String> all) {
        return all.stream()
                .filter(role -> ROLE.matcher(role).matches()
                        && !BUILT_IN_ROLES.contains(role)
                        && !role.toLowerCase(Locale.ROOT).startsWith(DEFAULT_ROLES))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What {@link #joined} has put together. */
    static List<String> split(String values) {
        return values.isEmpty() ? List.of() : Arrays.asList(values.split(","));
    }

    private static String joined(Collection<String> values) {
        return String.join(",", new TreeSet<>(values));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** The SHA-256 hash of fields, in hexadecimal digits. */
    static String fingerprint(Map<String, String> fields) {
        var sha = sha256();
        new TreeMap<>(fields).forEach((field, value) -> {
            // With lengths, so that no value can look like the next field.
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            sha.update((field + " " + bytes.length + " ").getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
