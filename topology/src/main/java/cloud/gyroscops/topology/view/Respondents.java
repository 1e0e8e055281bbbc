package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.Collection;

/** Who answers for one version of the views: this instance, and the others. */
record Respondents(Here here, Whereabouts whereabouts, Peers peers) {

    <A> Asking<A> ask(Question<A> question, Collection<Integer> partitions, Duration patience) {
        return new Asking<>(question, partitions, here, whereabouts, peers).run(patience);
    }
}
