package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.util.Optional;
import java.util.Set;

/**
 * A system that follows the log. Its methods that throw {@link TargetException} call it, and block meanwhile; they are called
 * by many threads at a time, but for one aggregate by one after the other, in the order of its events. Each of them may be
 * called again for what it had done already: after a crash nobody knows.
 */
public interface Target extends AutoCloseable {

    /** Its name in outcomes and paths. */
    MirrorTarget name();

    /** The types of aggregates that it mirrors. */
    Set<Aggregate> aggregates();

    /** Who causes what happens there: events of this origin are never mirrored back. */
    Origin origin();

    /**
     * Whether an event changes anything there. It is not asked for events of its own {@link #origin()}.
     *
     * @param subject as the event has left it
     */
    boolean concerns(Subject subject, EventMessage event);

    /** Makes the target as an event says. */
    Effect mirror(Subject subject, Change change) throws TargetException, InterruptedException;

    /**
     * Whether only the state counts there: events that wait for others may then be passed over, and {@link #replay} makes the
     * object as the latest of them left it. Values that aggregates hand on, like usernames, need that: who waits for one may have
     * given it up by now.
     */
    default boolean followsStateAlone() {
        return false;
    }

    /**
     * Brings an object that may be missing in line with the folded state, without doing anything twice: fills an emptied
     * target, makes links again, never moves money.
     */
    Effect replay(Subject subject) throws TargetException, InterruptedException;

    /**
     * The compared fields, as they should be there: their hash. Empty: there should be no object.
     *
     * @see Listed#fingerprint()
     */
    Optional<String> fingerprint(Subject subject);

    /**
     * Looks at the object, field by field, and puts right what is not as the owner of the field says.
     *
     * @param externalId its id there, if it was seen; empty: it was not found among all the others
     * @param dryRun only look
     */
    Effect compare(Subject subject, Optional<String> externalId, boolean dryRun)
            throws TargetException, InterruptedException;

    /**
     * A page of all its objects.
     *
     * @param cursor as the page before has it; empty: the first page
     */
    Page list(Optional<String> cursor) throws TargetException, InterruptedException;

    /** First contact: sets up what is missing there. */
    void prepare() throws TargetException, InterruptedException;

    @Override
    void close();
}
