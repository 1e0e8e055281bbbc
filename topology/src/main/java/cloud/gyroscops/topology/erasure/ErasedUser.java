package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.EventMessage;
import java.util.Optional;

/**
 * A user that is to be forgotten.
 *
 * @param partition of users' events that it is in
 * @param version of the erasure; what is older is to be removed
 * @param commandId of the command that erased it
 */
record ErasedUser(String id, int partition, long version, String commandId) {

    /** Who an event erases, if it does. */
    static Optional<ErasedUser> by(EventMessage event, int partition) {
        var header = event.header();
        return event.payload() instanceof UserErased
                ? Optional.of(new ErasedUser(
                        header.getAggregateId(), partition, header.getVersion(), header.getCausationId()))
                : Optional.empty();
    }
}
