package cloud.gyroscops.connectors.http;

import cloud.gyroscops.schemas.settings.Environment;

/**
 * Where the sidecar serves HTTP.
 *
 * @param host the address to listen on; loopback unless told otherwise, since there is no authentication
 * @param port to listen on; 0: any that is free
 */
public record HttpSettings(String host, int port) {

    private static final int USUAL_PORT = 8083;

    /** Checks the values. */
    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "the mirrors' HTTP host is \"" + host + "\"; it must be an address to listen on, like 127.0.0.1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the mirrors' HTTP port is " + port + "; it must be 0 to 65535");
        }
    }

    /** From {@code MIRROR_HTTP_HOST} and {@code _PORT}. */
    public static HttpSettings from(Environment environment) {
        return new HttpSettings(
                environment.text("MIRROR_HTTP_HOST", "127.0.0.1"),
                environment.integer("MIRROR_HTTP_PORT", USUAL_PORT, 0, 65_535));
    }
}
