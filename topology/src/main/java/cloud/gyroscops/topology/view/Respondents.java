package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Who answers for one version of the views: this instance, and the others. */
record Respondents(Here here, Whereabouts whereabouts, Peers peers, WaitingRoom room) {

    <A> Asking<A> ask(Question<A> question, Collection<Integer> partitions, Duration patience) {
        return new Asking<>(question, partitions, here, whereabouts, peers, room).run(patience);
    }

    <A> Asking<A> await(Question<A> question, int partition, Duration within) {
        return new Asking<>(question, Set.of(partition), here, whereabouts, peers, room).runWithin(within);
    }
}
