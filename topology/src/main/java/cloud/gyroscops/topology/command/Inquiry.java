package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Existence;
import cloud.gyroscops.contract.channel.ReferenceAnswer;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import cloud.gyroscops.schemas.Aggregate;

/**
 * Finds out whether what commands name is there: among what is known, or by asking its partition, and what is missing
 * there twice. {@link Existence#UNKNOWN}: it was missing once.
 */
final class Inquiry {

    private final Aggregate asker;
    private final KnownReferences references;
    private final Outbox outbox;

    /** For the commands of one type. */
    Inquiry(Aggregate asker, KnownReferences references, Outbox outbox) {
        this.asker = asker;
        this.references = references;
        this.outbox = outbox;
    }

    /** The command, with what needs no question. */
    Work withKnown(Work work) {
        var named = Named.by(work.command().payload());
        var known = work;
        if (named.organization() != null && !isKnown(known.organization())) {
            var found = references.organization(named.organization());
            known = found == null ? known : known.withOrganization(found);
        }
        if (named.user() != null && !isKnown(known.user())) {
            var found = references.user(named.user(), named.organization());
            known = found == null ? known : known.withUser(found);
        }
        return known;
    }

    /** Whether all that the command names was found, or found missing. */
    boolean knowsAll(Work work) {
        var named = Named.by(work.command().payload());
        return (named.organization() == null || isKnown(work.organization()))
                && (named.user() == null || isKnown(work.user()));
    }

    /** What a decision may go by. */
    References found(Work work) {
        return new References(found(work.organization()), found(work.user()));
    }

    /** Asks for all that is not known. */
    void ask(Work work) {
        var named = Named.by(work.command().payload());
        if (named.organization() != null && !isKnown(work.organization())) {
            askOrganization(work, named);
        }
        if (named.user() != null && !isKnown(work.user())) {
            askUser(work, named);
        }
    }

    /**
     * Takes an answer, and asks again if it must.
     *
     * @return the command with what it tells; null: nothing new
     */
    Work learn(Work work, ReferenceAnswer answer) {
        var named = Named.by(work.command().payload());
        boolean organization = answer.getAggregateType() == Aggregate.ORGANIZATIONS.type();
        if (!answer.getAggregateId().equals(organization ? named.organization() : named.user())) {
            return null;
        }
        var before = organization ? work.organization() : work.user();
        // Two topics have no order: what was sent just before the command may come just after the question. A second
        // opinion was asked for after the first one came: of one question sent twice, both answers are first ones.
        boolean second = answer.getAgain() && before == Existence.UNKNOWN;
        boolean doubtful = answer.getFound() == Existence.MISSING && !second;
        if (isKnown(before) || doubtful && before == Existence.UNKNOWN) {
            return null;
        }
        references.learn(named, answer);
        var found = doubtful ? Existence.UNKNOWN : answer.getFound();
        var wiser = organization ? work.withOrganization(found) : work.withUser(found);
        if (doubtful && organization) {
            askOrganization(wiser, named);
        } else if (doubtful) {
            askUser(wiser, named);
        }
        return wiser;
    }

    private void askOrganization(Work work, Named named) {
        outbox.question(
                Aggregate.ORGANIZATIONS, named.organization(), question(work, named, work.organization()), work.time());
    }

    private void askUser(Work work, Named named) {
        outbox.question(Aggregate.USERS, named.user(), question(work, named, work.user()), work.time());
    }

    private ReferenceQuestion question(Work work, Named named, Existence before) {
        return new ReferenceQuestion(
                asker.type(), work.aggregateId(), work.ticket(), named.organization(), before == Existence.UNKNOWN);
    }

    private static boolean isKnown(Existence found) {
        return found != null && found != Existence.UNKNOWN;
    }

    private static Found found(Existence existence) {
        return isKnown(existence) ? Found.valueOf(existence.name()) : Found.NOT_ASKED;
    }
}
