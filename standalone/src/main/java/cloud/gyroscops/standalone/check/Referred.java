package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds new users and payments against what they refer to. Organizations must be read before users, and these before
 * payments.
 */
final class Referred implements EventInvariant {

    private final Duration remembered;
    private final Findings findings;
    private final Map<String, Long> organizations = new HashMap<>();
    private final Map<String, User> users = new HashMap<>();

    /**
     * Prepares.
     *
     * @param remembered for how long a user that was there may be taken to be there
     */
    Referred(Duration remembered, Findings findings) {
        this.remembered = remembered;
        this.findings = findings;
    }

    private static final class User {
        /** Not known of users whose first events were removed. */
        String organizationId;

        long created = Long.MIN_VALUE;
        long ended = Long.MAX_VALUE;
    }

    @Override
    public void check(Step step) {
        var payload = step.payload();
        var record = step.record();
        var id = step.stream().id;
        if (payload instanceof OrganizationCreated) {
            organizations.put(id, record.time());
        } else if (payload instanceof PaymentCreated payment) {
            organization(record, payment.getOrganizationId());
            user(record, payment);
        } else if (record.aggregate() == Aggregate.USERS) {
            var user = users.computeIfAbsent(id, unseen -> new User());
            if (payload instanceof UserCreated created) {
                organization(record, created.getOrganizationId());
                user.organizationId = created.getOrganizationId();
                user.created = record.time();
            } else if (payload instanceof UserDeleted || payload instanceof UserErased) {
                user.ended = Math.min(user.ended, record.time());
            }
        }
    }

    private void organization(Records.Event record, String id) {
        findings.checked(Invariant.REFERENCES);
        var created = organizations.get(id);
        if (created == null || created > record.time()) {
            violated(
                    record,
                    "names the organization " + id + ", which " + (created == null ? "is not" : "was not yet")
                            + " there");
        }
    }

    private void user(Records.Event record, PaymentCreated payment) {
        var id = payment.getUserId();
        if (id == null) {
            return;
        }
        findings.checked(Invariant.REFERENCES);
        var user = users.get(id);
        if (user == null || user.created > record.time()) {
            violated(
                    record, "names the user " + id + ", which " + (user == null ? "is not" : "was not yet") + " there");
        } else if (user.organizationId != null && !user.organizationId.equals(payment.getOrganizationId())) {
            violated(
                    record,
                    "names the user " + id + " of organization " + user.organizationId + ", not "
                            + payment.getOrganizationId());
        } else if (user.ended < record.time() - remembered.toMillis()) {
            violated(
                    record,
                    "names the user " + id + ", which was deleted " + (record.time() - user.ended) / 1_000
                            + " s before");
        }
    }

    private void violated(Records.Event record, String problem) {
        findings.violated(Invariant.REFERENCES, record.place(), "event " + record.key() + " " + problem);
    }
}
