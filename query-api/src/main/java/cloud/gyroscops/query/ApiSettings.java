package cloud.gyroscops.query;

import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.query.user.Permissions;
import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How HTTP is served.
 *
 * @param host the address to listen on; loopback unless told otherwise, since there is no authentication
 * @param port to listen on; 0: any that is free
 * @param tokenWait how long a query waits for the versions that it wants to see
 * @param corsOrigins where pages may come from that read answers, like {@code https://example.org}; {@code *}: anywhere
 * @param permissions what users' roles allow
 * @param feed how the live feed is served
 */
public record ApiSettings(
        String host,
        int port,
        Duration tokenWait,
        List<String> corsOrigins,
        Permissions permissions,
        FeedSettings feed) {

    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");
    private static final int USUAL_WAIT_MS = 2_000;
    private static final int LONGEST_WAIT_MS = 60_000;

    /** Checks the values. */
    public ApiSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "HTTP host is \"" + host + "\"; it must be an address to listen on, like 127.0.0.1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("HTTP port is " + port + "; it must be 0 to 65535");
        }
        if (tokenWait.isNegative() || tokenWait.toMillis() > LONGEST_WAIT_MS) {
            throw new IllegalArgumentException(
                    "the wait for tokens is " + tokenWait + "; it must be 0 to " + LONGEST_WAIT_MS + " ms");
        }
        corsOrigins = List.copyOf(corsOrigins);
        for (var origin : corsOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("CORS origin is \"" + origin
                        + "\"; it must be * or a scheme and a host, like https://example.org or http://localhost:3000");
            }
        }
    }

    /** There, with what else is usual. */
    public ApiSettings(String host, int port) {
        this(
                host,
                port,
                Duration.ofMillis(USUAL_WAIT_MS),
                List.of(),
                Permissions.parse(Permissions.DEFAULT),
                FeedSettings.DEFAULT);
    }

    /** The same there. */
    public ApiSettings at(String otherHost, int otherPort) {
        return new ApiSettings(otherHost, otherPort, tokenWait, corsOrigins, permissions, feed);
    }

    /**
     * From {@code GYROSCOPS_HTTP_HOST, _HTTP_PORT, _TOKEN_WAIT_MS, _CORS_ORIGINS} (with commas between) and {@code
     * _ROLE_PERMISSIONS}, and what the feed knows.
     */
    public static ApiSettings from(Environment environment) {
        return new ApiSettings(
                environment.text("GYROSCOPS_HTTP_HOST", "127.0.0.1"),
                environment.integer("GYROSCOPS_HTTP_PORT", 8080, 0, 65_535),
                Duration.ofMillis(environment.integer("GYROSCOPS_TOKEN_WAIT_MS", USUAL_WAIT_MS, 0, LONGEST_WAIT_MS)),
                Stream.of(environment.text("GYROSCOPS_CORS_ORIGINS", "").split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .toList(),
                Permissions.parse(environment.text("GYROSCOPS_ROLE_PERMISSIONS", Permissions.DEFAULT)),
                FeedSettings.from(environment));
    }
}
