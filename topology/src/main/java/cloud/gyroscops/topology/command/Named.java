package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.user.CreateUser;
import org.apache.avro.specific.SpecificRecord;

/**
 * The other aggregates that a command names, and that must be there.
 *
 * @param organization its id; null: none is named
 * @param user its id; null: none is named
 */
record Named(String organization, String user) {

    private static final Named NOBODY = new Named(null, null);

    static Named by(SpecificRecord payload) {
        if (payload instanceof CreateUser user) {
            return new Named(user.getOrganizationId(), null);
        }
        if (payload instanceof CreatePayment payment) {
            return new Named(payment.getOrganizationId(), payment.getUserId());
        }
        return NOBODY;
    }
}
