package cloud.gyroscops.standalone.town;

import cloud.gyroscops.schemas.Aggregate;
import java.util.Optional;

/**
 * What is worth looking at in a town.
 *
 * @param commands how many commands make it
 * @param organizationId an organization
 * @param userId a user, if there is one
 * @param paymentId the payment to which most has happened, if there is one
 * @param deletedUserId a user who has left, if there is one
 */
public record Sights(
        long commands,
        String organizationId,
        Optional<String> userId,
        Optional<String> paymentId,
        Optional<String> deletedUserId) {

    static Sights of(Town town) {
        long commands = 0;
        String deleted = null;
        String eventful = null;
        int most = 0;
        for (var each = town.commands().iterator(); each.hasNext(); ) {
            var command = each.next();
            commands++;
            if (command.type().equals("DeleteUser") && deleted == null) {
                deleted = command.aggregateId();
            }
            if (Aggregate.PAYMENTS.commands().containsKey(command.type()) && command.number() > most) {
                most = command.number();
                eventful = command.aggregateId();
            }
        }
        return new Sights(
                commands,
                town.id("o", 1),
                town.users() == 0 ? Optional.empty() : Optional.of(town.id("u", 1)),
                Optional.ofNullable(eventful),
                Optional.ofNullable(deleted));
    }
}
