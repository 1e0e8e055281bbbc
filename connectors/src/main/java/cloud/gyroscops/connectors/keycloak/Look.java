package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.schemas.EventMessage;
import java.util.Optional;
import java.util.Set;

/**
 * Why an object is looked at.
 *
 * @param event the one that is mirrored; empty: none, all of the state is
 * @param touched the fields that it sets; empty: all
 * @param compares whether every difference is worth a finding
 * @param dryRun only look
 */
record Look(Optional<EventMessage> event, Optional<Set<String>> touched, boolean compares, boolean dryRun) {

    static Look mirroring(EventMessage event, Set<String> touched) {
        return new Look(Optional.of(event), Optional.of(touched), false, false);
    }

    static Look replaying() {
        return new Look(Optional.empty(), Optional.empty(), false, false);
    }

    static Look comparing(boolean dryRun) {
        return new Look(Optional.empty(), Optional.empty(), true, dryRun);
    }
}
