package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.payment.PaymentStatus;
import java.time.Instant;

/**
 * A payment came to another status.
 *
 * @param version that it happened with
 */
public record StatusChange(long version, PaymentStatus status, Instant time, String actor) {}
