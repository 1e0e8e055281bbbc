package cloud.gyroscops.query;

import cloud.gyroscops.schemas.settings.Environment;

/**
 * How HTTP is served.
 *
 * @param host the address to listen on; loopback unless told otherwise, since there is no authentication
 * @param port to listen on; 0: any that is free
 */
public record ApiSettings(String host, int port) {

    /** Checks the values. */
    public ApiSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "HTTP host is \"" + host + "\"; it must be an address to listen on, like 127.0.0.1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("HTTP port is " + port + "; it must be 0 to 65535");
        }
    }

    /** From {@code GYROSCOPS_HTTP_HOST, _HTTP_PORT}. */
    public static ApiSettings from(Environment environment) {
        return new ApiSettings(
                environment.text("GYROSCOPS_HTTP_HOST", "127.0.0.1"),
                environment.integer("GYROSCOPS_HTTP_PORT", 8080, 0, 65_535));
    }
}
