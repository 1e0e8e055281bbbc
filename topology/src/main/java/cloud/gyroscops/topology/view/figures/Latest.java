package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.LastFailure;
import cloud.gyroscops.contract.view.LastPayment;
import java.time.Instant;

/** The later of two by time, then by id; the second where both are equal. Null is earlier than all. */
final class Latest {

    private Latest() {}

    static LastPayment payment(LastPayment one, LastPayment other) {
        return one == null
                        || other != null
                                && !isAfter(one.getCreatedAt(), one.getId(), other.getCreatedAt(), other.getId())
                ? other
                : one;
    }

    static LastFailure failure(LastFailure one, LastFailure other) {
        return one == null
                        || other != null && !isAfter(one.getFailedAt(), one.getId(), other.getFailedAt(), other.getId())
                ? other
                : one;
    }

    private static boolean isAfter(Instant time, String id, Instant otherTime, String otherId) {
        int times = time.compareTo(otherTime);
        return times > 0 || times == 0 && id.compareTo(otherId) > 0;
    }
}
