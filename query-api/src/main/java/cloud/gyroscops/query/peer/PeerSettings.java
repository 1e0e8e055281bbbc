package cloud.gyroscops.query.peer;

import cloud.gyroscops.schemas.settings.Environment;
import java.util.regex.Pattern;

/**
 * How other instances reach this one, and prove that they belong here.
 *
 * @param advertised host and port, like {@code 10.0.0.7:8080} or {@code [fd00::7]:8080}; empty: what HTTP listens on
 * @param secret that all instances share, 16 visible ASCII characters or more; empty: none, and then only an instance that
 *     listens on loopback answers others
 */
public record PeerSettings(String advertised, String secret) {

    /** Instances on one machine that listen on loopback only. */
    public static final PeerSettings LOOPBACK = new PeerSettings("", "");

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/]+):[0-9]{1,5}");

    /** What a header can carry. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,}");

    /** Checks the values. */
    public PeerSettings {
        if (!advertised.isEmpty() && !ADDRESS.matcher(advertised).matches()) {
            throw new IllegalArgumentException(
                    "advertised HTTP address is \"" + advertised + "\"; it must be host:port, like 10.0.0.7:8080");
        }
        if (!secret.isEmpty() && !SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("the peers' secret has " + secret.length()
                    + " characters; it must have 16 or more, of ! to ~ in ASCII");
        }
    }

    /** From {@code GYROSCOPS_ADVERTISED_HTTP, _PEER_SECRET}. */
    public static PeerSettings from(Environment environment) {
        return new PeerSettings(
                environment.text("GYROSCOPS_ADVERTISED_HTTP", ""), environment.text("GYROSCOPS_PEER_SECRET", ""));
    }

    /** The secret is not for logs. */
    @Override
    public String toString() {
        return "PeerSettings[advertised=" + advertised + ", secret=" + (secret.isEmpty() ? "none" : "given") + ']';
    }
}
