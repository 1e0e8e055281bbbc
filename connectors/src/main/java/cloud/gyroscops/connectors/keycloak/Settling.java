package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Subject;
import java.time.Duration;
import java.time.Instant;

/** Keycloak's caches may show for a moment what was there before a write: what differs right after one is read again. */
final class Settling {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Settling() {}

    static boolean needed(Subject subject) {
        return subject.mirroredAt()
                .filter(at -> at.plus(FRESH).isAfter(Instant.now()))
                .isPresent();
    }

    static void pause() throws InterruptedException {
        Thread.sleep(PAUSE.toMillis());
    }
}
