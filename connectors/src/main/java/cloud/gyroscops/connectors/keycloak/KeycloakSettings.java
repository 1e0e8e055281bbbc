package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How to reach Keycloak, and who owns what there.
 *
 * @param url of the server, a path kept, for example {@code http://localhost:8080}
 * @param realm that mirrors the log
 * @param adminRealm that the credentials are of
 * @param clientId of the client that tokens are asked for
 * @param credentials of a service account, or of a user
 * @param timeout of one call
 * @param ratePerSecond HTTP requests that one process makes at most, 1 to 100,000
 * @param adopt whether objects that bear no id of ours, but our name, or our email, verified there, become ours, and users made
 *     by hand in organizations of ours become users of the log
 * @param theirFields what Keycloak owns, as {@link #OWNABLE} names it; the log owns the rest
 */
public record KeycloakSettings(
        URI url,
        String realm,
        String adminRealm,
        String clientId,
        Credentials credentials,
        Duration timeout,
        int ratePerSecond,
        boolean adopt,
        Set<String> theirFields) {

    /** Fields that Keycloak may own: each has a command that takes over what it says. */
    public static final Set<String> OWNABLE = Set.of(
            "username",
            "email",
            "firstName",
            "lastName",
            "enabled",
            "emailVerified",
            "roles",
            "organization.name",
            "organization.enabled");

    private static final Set<String> DEFAULT_THEIRS = Set.of("emailVerified");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Bringing a user takes about five. */
    private static final int DEFAULT_RATE = 400;

    private static final String DEFAULT_REALM = "gyroscops";
    private static final String DEFAULT_ADMIN_REALM = "master";
    private static final String DEFAULT_CLIENT = "admin-cli";

    /** What opens Keycloak's door. */
    public sealed interface Credentials {

        /** A client with a service account. */
        record Client(String secret) implements Credentials {

            /** Never shows the secret. */
            @Override
            public String toString() {
                return "Client[***]";
            }
        }

        /** A user. */
        record User(String name, String password) implements Credentials {

            /** Never shows the password. */
            @Override
            public String toString() {
                return "User[" + name + ", ***]";
            }
        }
    }

    public KeycloakSettings {
        check(url);
        named("KEYCLOAK_REALM", realm);
        named("KEYCLOAK_ADMIN_REALM", adminRealm);
        if (realm.equals(DEFAULT_ADMIN_REALM)) {
            throw new IllegalArgumentException("KEYCLOAK_REALM is \"master\", where the role admin administers all of"
                    + " Keycloak; it must be a realm of its own, like gyroscops");
        }
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(credentials, "credentials");
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "KEYCLOAK_TIMEOUT is " + timeout + "; it must be more than 0, and at most PT10M");
        }
        Requests.checkRate("KEYCLOAK_RATE_PER_SECOND", ratePerSecond);
        theirFields = Set.copyOf(theirFields);
        for (var field : theirFields) {
            if (!OWNABLE.contains(field)) {
                throw new IllegalArgumentException("KEYCLOAK_THEIR_FIELDS has \"" + field + "\"; it may have "
                        + new TreeSet<>(OWNABLE).stream().collect(Collectors.joining(", ")));
            }
        }
    }

    /** With the user's password, and defaults for the rest. */
    public static KeycloakSettings of(URI url, String user, String password) {
        return new KeycloakSettings(
                url,
                DEFAULT_REALM,
                DEFAULT_ADMIN_REALM,
                DEFAULT_CLIENT,
                new Credentials.User(user, password),
                DEFAULT_TIMEOUT,
                DEFAULT_RATE,
                false,
                DEFAULT_THEIRS);
    }

    /** Whether there is a Keycloak to talk to. */
    public static boolean given(Environment environment) {
        return environment.text("KEYCLOAK_URL", null) != null;
    }

    /**
     * Reads KEYCLOAK_URL, KEYCLOAK_REALM (gyroscops), KEYCLOAK_ADMIN_REALM (master), KEYCLOAK_CLIENT_ID (admin-cli),
     * KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USERNAME and KEYCLOAK_PASSWORD, KEYCLOAK_TIMEOUT (PT30S),
     * KEYCLOAK_RATE_PER_SECOND (400), KEYCLOAK_ADOPT (false) and KEYCLOAK_THEIR_FIELDS (emailVerified; {@code none}: the log
     * owns all).
     *
     * @throws IllegalArgumentException if a value is not usable; the message names it, but never a secret
     */
    public static KeycloakSettings from(Environment environment) {
        return new KeycloakSettings(
                parsed(environment.text("KEYCLOAK_URL", null)),
                environment.text("KEYCLOAK_REALM", DEFAULT_REALM),
                environment.text("KEYCLOAK_ADMIN_REALM", DEFAULT_ADMIN_REALM),
                environment.text("KEYCLOAK_CLIENT_ID", DEFAULT_CLIENT),
                credentials(environment),
                environment.duration("KEYCLOAK_TIMEOUT", DEFAULT_TIMEOUT),
                environment.integer("KEYCLOAK_RATE_PER_SECOND", DEFAULT_RATE, 1, 100_000),
                yesOrNo("KEYCLOAK_ADOPT", environment.text("KEYCLOAK_ADOPT", "false")),
                fields(environment.text("KEYCLOAK_THEIR_FIELDS", String.join(",", DEFAULT_THEIRS))));
    }

    /** The same, with adoption or without. */
    public KeycloakSettings withAdopt(boolean adopts) {
        return new KeycloakSettings(
                url, realm, adminRealm, clientId, credentials, timeout, ratePerSecond, adopts, theirFields);
    }

    /** The same, with Keycloak as the owner of these fields. */
    public KeycloakSettings withTheirFields(Set<String> fields) {
        return new KeycloakSettings(
                url, realm, adminRealm, clientId, credentials, timeout, ratePerSecond, adopt, fields);
    }

    /** The same, for another realm. */
    public KeycloakSettings withRealm(String other) {
        return new KeycloakSettings(
                url, other, adminRealm, clientId, credentials, timeout, ratePerSecond, adopt, theirFields);
    }

    /** The same, with less or more patience. */
    public KeycloakSettings withTimeout(Duration other) {
        return new KeycloakSettings(
                url, realm, adminRealm, clientId, credentials, other, ratePerSecond, adopt, theirFields);
    }

    private static Credentials credentials(Environment environment) {
        var secret = environment.text("KEYCLOAK_CLIENT_SECRET", null);
        var user = environment.text("KEYCLOAK_USERNAME", null);
        var password = environment.text("KEYCLOAK_PASSWORD", null);
        if (secret != null && user == null && password == null) {
            return new Credentials.Client(secret);
        }
        if (secret == null && user != null && password != null) {
            return new Credentials.User(user, password);
        }
        throw new IllegalArgumentException("give either KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USERNAME and"
                + " KEYCLOAK_PASSWORD; set are: " + set(secret, "KEYCLOAK_CLIENT_SECRET ")
                + set(user, "KEYCLOAK_USERNAME ") + set(password, "KEYCLOAK_PASSWORD"));
    }

    private static String set(String value, String name) {
        return value == null ? "" : name;
    }

    private static URI parsed(String url) {
        if (url == null) {
            throw new IllegalArgumentException("KEYCLOAK_URL is not set; it must be a URL like http://localhost:8080");
        }
        if (url.contains("@")) {
            throw withCredentials();
        }
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "KEYCLOAK_URL is \"" + url + "\"; it must be a URL like http://localhost:8080", e);
        }
    }

    private static void check(URI url) {
        if (String.valueOf(url.getRawAuthority()).contains("@")) {
            throw withCredentials();
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "KEYCLOAK_URL is \"" + url + "\"; it must be a URL like http://localhost:8080");
        }
    }

    private static IllegalArgumentException withCredentials() {
        return new IllegalArgumentException("KEYCLOAK_URL has credentials in it, which would end up in logs: give them"
                + " in KEYCLOAK_USERNAME and KEYCLOAK_PASSWORD");
    }

    private static void named(String variable, String realm) {
        if (!realm.matches("[A-Za-z0-9._-]{1,255}")) {
            throw new IllegalArgumentException(
                    variable + " is \"" + realm + "\"; it must be 1 to 255 of A-Z a-z 0-9 . _ -");
        }
    }

    private static boolean yesOrNo(String variable, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(variable + " is \"" + value + "\"; it must be true or false");
        };
    }

    private static Set<String> fields(String value) {
        return "none".equals(value)
                ? Set.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(field -> !field.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
