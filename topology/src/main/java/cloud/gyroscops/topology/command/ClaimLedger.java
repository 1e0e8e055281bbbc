package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.ConfirmClaim;
import cloud.gyroscops.contract.channel.ReleaseClaim;
import cloud.gyroscops.contract.channel.RequestClaims;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.claim.ClaimKey;
import java.util.ArrayList;
import java.util.List;

/** What aggregates of one type hold, and what they tell those who grant it. */
final class ClaimLedger {

    private final Aggregate aggregate;
    private final Outbox outbox;

    ClaimLedger(Aggregate aggregate, Outbox outbox) {
        this.aggregate = aggregate;
        this.outbox = outbox;
    }

    /** What is wanted but not held, in the order in which everybody asks. */
    static List<Claim> missing(List<HeldClaim> held, List<Claim> wanted) {
        if (wanted.isEmpty()) {
            return wanted;
        }
        return wanted.stream()
                .filter(claim -> held.stream().noneMatch(one -> one.getClaim().equals(claim)))
                .sorted(ClaimKey.ORDER)
                .toList();
    }

    /** Without the value: it is somebody else's, and answers are kept for longer than it may be. */
    static Refusal taken(Claim claim) {
        return switch (claim.getKind()) {
            case EMAIL -> new Refusal(RefusalReason.EMAIL_TAKEN, "another user has this email", "email");
            case USERNAME -> new Refusal(RefusalReason.USERNAME_TAKEN, "another user has this username", "username");
            case ORGANIZATION_NAME ->
                new Refusal(RefusalReason.NAME_TAKEN, "another organization has this name", "name");
            case UNKNOWN -> throw new IllegalStateException("nobody claims " + claim);
        };
    }

    void request(Work work, List<Claim> missing) {
        var request = new RequestClaims(claimant(work.aggregateId(), work.ticket()), missing, 0);
        outbox.claim(missing.get(0), new ClaimMessage(request), work.time());
    }

    /**
     * Confirms what is new and releases what is not wanted any more.
     *
     * @return what is held from now on
     */
    List<HeldClaim> settle(Work work, List<HeldClaim> held, List<Claim> wanted) {
        if (held.isEmpty() && wanted.isEmpty()) {
            return held;
        }
        var now = new ArrayList<HeldClaim>();
        for (var one : held) {
            if (wanted.contains(one.getClaim())) {
                now.add(one);
            } else {
                release(work.aggregateId(), one.getCommandId(), one.getClaim(), work.time());
            }
        }
        for (var claim : missing(held, wanted)) {
            now.add(new HeldClaim(claim, work.ticket()));
            var confirm = new ConfirmClaim(claimant(work.aggregateId(), work.ticket()), claim);
            outbox.claim(claim, new ClaimMessage(confirm), work.time());
        }
        return now;
    }

    /** Releases what was granted for a command that does not need it after all. */
    void giveBack(String aggregateId, String ticket, List<Claim> granted, long time) {
        granted.forEach(claim -> release(aggregateId, ticket, claim, time));
    }

    private void release(String aggregateId, String ticket, Claim claim, long time) {
        outbox.claim(claim, new ClaimMessage(new ReleaseClaim(claimant(aggregateId, ticket), claim)), time);
    }

    private Claimant claimant(String aggregateId, String ticket) {
        return new Claimant(aggregate.type(), aggregateId, ticket);
    }
}
