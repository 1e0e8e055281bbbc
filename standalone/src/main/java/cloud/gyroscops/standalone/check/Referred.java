package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds new users and payments against what they refer to. Organizations must be read before users, and these before
 * payments. Times are of different instances: they are compared with a tolerance.
 */
final class Referred implements EventInvariant {

    private final long tolerance;
    private final long remembered;
    private final Findings findings;
    private final Map<String, Long> organizations = new HashMap<>();
    private final Map<String, User> users = new HashMap<>();

    /** Prepares. */
    Referred(CheckOptions options, Findings findings) {
        this.tolerance = options.clockTolerance().toMillis();
        this.remembered = options.userRemembered().toMillis();
        this.findings = findings;
    }

    private static final class User {
        /** Not known of users whose first events were removed. */
        String organizationId;

        long created = Long.MIN_VALUE;
        long ended = Long.MAX_VALUE;
        /** Where and when the last payment was decided that may itself have asked for the user while it was there. */
        int askedIn = -1;

        long askedUntil;
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
        if (created == null || created > record.time() + tolerance) {
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
        if (user == null || user.created > record.time() + tolerance) {
            violated(
                    record, "names the user " + id + ", which " + (user == null ? "is not" : "was not yet") + " there");
        } else if (user.organizationId != null && !user.organizationId.equals(payment.getOrganizationId())) {
            violated(
                    record,
                    "names the user " + id + " of organization " + user.organizationId + ", not "
                            + payment.getOrganizationId());
        } else {
            notTooLong(record, id, user);
        }
    }

    /**
     * A command that was sent while the user was there may have asked while it was there, however long it waited for the
     * answer. Its partition then remembers the user from the answer on, at the latest from the decision on.
     */
    private void notTooLong(Records.Event record, String id, User user) {
        long sent = record.event().header().getOccurredAt().toEpochMilli();
        int partition = record.place().partition();
        if (sent - tolerance <= user.ended) {
            user.askedUntil = user.askedIn == partition ? Math.max(user.askedUntil, record.time()) : record.time();
            user.askedIn = partition;
            return;
        }
        long known = user.askedIn == partition ? Math.max(user.askedUntil, user.ended) : user.ended;
        if (sent - tolerance - remembered > known) {
            violated(
                    record,
                    "names the user " + id + ", which was deleted " + (sent - user.ended) / 1_000
                            + " s before the command was sent");
        }
    }

    private void violated(Records.Event record, String problem) {
        findings.violated(Invariant.REFERENCES, record.place(), "event " + record.key() + " " + problem);
    }
}
