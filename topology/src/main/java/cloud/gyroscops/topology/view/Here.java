package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.util.Collection;
import java.util.Optional;

/** What this instance can answer itself. */
interface Here {

    /** Whether it works on a partition, so that nobody knows better. */
    boolean worksOn(Place place);

    /**
     * Answers for one partition, if it can.
     *
     * @param seen what the copy that answers must have come to
     */
    <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen);
}
