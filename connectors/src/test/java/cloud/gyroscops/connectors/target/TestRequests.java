package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Requests that nobody holds back or looks at. */
public final class TestRequests {

    private TestRequests() {}

    public static Requests unlimited(MirrorTarget target) {
        return new Requests(target, 100_000, new SimpleMeterRegistry());
    }
}
