package cloud.gyroscops.connectors.sidecar;

import cloud.gyroscops.connectors.http.HttpSettings;
import cloud.gyroscops.connectors.worker.WorkerSettings;
import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Optional;

/**
 * How the sidecar runs, whatever it mirrors to.
 *
 * @param worker how targets are treated
 * @param http where HTTP is served
 * @param reconcileEvery how long after a comparison of all objects the next one begins; empty: only when asked
 */
public record SidecarSettings(WorkerSettings worker, HttpSettings http, Optional<Duration> reconcileEvery) {

    private static final String EVERY = "MIRROR_RECONCILE_EVERY";

    /** From the environment. */
    public static SidecarSettings from(Environment environment) {
        return new SidecarSettings(
                WorkerSettings.from(environment),
                HttpSettings.from(environment),
                environment.text(EVERY, "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(environment.duration(EVERY, Duration.ofDays(1))));
    }

    /** The same, serving there. */
    public SidecarSettings at(String host, int port) {
        return new SidecarSettings(worker, new HttpSettings(host, port), reconcileEvery);
    }
}
