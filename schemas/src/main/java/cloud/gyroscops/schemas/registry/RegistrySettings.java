package cloud.gyroscops.schemas.registry;

import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How to reach the schema registry.
 *
 * @param urls the same registry under one or more http(s) URLs, tried in this order; a path is kept
 * @param user for basic authentication; null: none
 * @param password goes with the user
 * @param requestTimeout how long one request to one URL may take
 */
public record RegistrySettings(List<URI> urls, String user, String password, Duration requestTimeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST_TIMEOUT_MS = 600_000;

    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "SCHEMA_REGISTRY_URL is empty: give one or more URLs, separated by commas");
        }
        urls.forEach(RegistrySettings::check);
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD go together: "
                    + (user == null ? "the user" : "the password") + " is missing");
        }
        if (user != null && (user.isBlank() || user.contains(":"))) {
            throw new IllegalArgumentException(
                    "SCHEMA_REGISTRY_USER is '" + user + "': basic authentication wants a name without a colon");
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("SCHEMA_REGISTRY_TIMEOUT_MS is " + requestTimeout.toMillis()
                    + ": give a number of milliseconds above 0");
        }
    }

    /** Without credentials, with the default time-out of 5 s. */
    public static RegistrySettings of(URI... urls) {
        return new RegistrySettings(List.of(urls), null, null, DEFAULT_TIMEOUT);
    }

    /**
     * Reads SCHEMA_REGISTRY_URL (comma-separated; http://localhost:8081), SCHEMA_REGISTRY_USER,
     * SCHEMA_REGISTRY_PASSWORD and SCHEMA_REGISTRY_TIMEOUT_MS (5000; up to ten minutes).
     *
     * @throws IllegalArgumentException if a value is not usable; the message names it, but never the password
     */
    public static RegistrySettings from(Environment environment) {
        List<URI> urls = Arrays.stream(environment
                        .text("SCHEMA_REGISTRY_URL", "http://localhost:8081")
                        .split(","))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(RegistrySettings::parse)
                .toList();
        return new RegistrySettings(
                urls,
                environment.text("SCHEMA_REGISTRY_USER", null),
                environment.text("SCHEMA_REGISTRY_PASSWORD", null),
                Duration.ofMillis(environment.integer(
                        "SCHEMA_REGISTRY_TIMEOUT_MS", (int) DEFAULT_TIMEOUT.toMillis(), 1, LONGEST_TIMEOUT_MS)));
    }

    private static void check(URI url) {
        // First of all, since the other messages would repeat the password.
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            throw withCredentials();
        }
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "SCHEMA_REGISTRY_URL has '" + url + "': give a URL like http://localhost:8081");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("SCHEMA_REGISTRY_URL has '" + url + "': drop what follows the path");
        }
    }

    private static URI parse(String url) {
        if (url.contains("@")) {
            throw withCredentials();
        }
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "SCHEMA_REGISTRY_URL has '" + url + "': give a URL like http://localhost:8081", e);
        }
    }

    private static IllegalArgumentException withCredentials() {
        return new IllegalArgumentException("SCHEMA_REGISTRY_URL has credentials in it, which would end up in logs: "
                + "give them in SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD");
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", user=" + user + ", password=" + (password == null ? "none" : "***")
                + ", requestTimeout=" + requestTimeout + "]";
    }
}
