package cloud.gyroscops.topology.health;

import cloud.gyroscops.schemas.settings.Environment;

/**
 * Where the command topology tells how it is.
 *
 * @param host the address to listen on; loopback unless told otherwise, since there is no authentication
 * @param port to listen on; 0: any that is free
 */
public record HealthSettings(String host, int port) {

    /** Checks the values. */
    public HealthSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "HTTP host is \"" + host + "\"; it must be an address to listen on, like 127.0.0.1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("health port is " + port + "; it must be 0 to 65535");
        }
    }

    /** From {@code GYROSCOPS_HTTP_HOST, GYROSCOPS_HEALTH_PORT}. */
    public static HealthSettings from(Environment environment) {
        return new HealthSettings(
                environment.text("GYROSCOPS_HTTP_HOST", "127.0.0.1"),
                environment.integer("GYROSCOPS_HEALTH_PORT", 8082, 0, 65_535));
    }
}
