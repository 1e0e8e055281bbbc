package cloud.gyroscops.topology.view.partition;

import java.util.List;

/** Whoever can have questions answered by the partitions of the views. */
public interface Questions {

    /** Asks the partition of a key: an aggregate's, organization's or command's id, as the question's side has it. */
    <A> A ask(String key, Question<A> question);

    /** Asks all partitions; answers in their order. */
    <A> List<A> askAll(Question<A> question);
}
