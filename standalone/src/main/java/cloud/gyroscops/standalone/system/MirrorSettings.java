package cloud.gyroscops.standalone.system;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import java.util.Optional;

/**
 * What the system mirrors to.
 *
 * @param sidecar how
 * @param keycloak an existing one; empty: none
 * @param ownKeycloak whether one of our own is started instead
 * @param stripe Stripe itself; empty: a simulator of it
 */
public record MirrorSettings(
        SidecarSettings sidecar,
        Optional<KeycloakSettings> keycloak,
        boolean ownKeycloak,
        Optional<StripeSettings> stripe) {

    /** Checks that they fit together. */
    public MirrorSettings {
        if (ownKeycloak && keycloak.isPresent()) {
            throw new IllegalArgumentException("KEYCLOAK_URL is "
                    + keycloak.get().url() + ", and --keycloak starts another one; give one of them");
        }
    }
}
