package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Who answers for one version of the views: this instance, and the others. */
record Respondents(Here here, Whereabouts whereabouts, Peers peers, WaitingRoom room) {

    /** Answers at once where a partition is worked on here, which is all that most questions need; else not at all. */
    <A> Optional<A> atOnce(Question<A> question, int partition) {
        var place = new Place(question.side(), partition);
        if (!here.worksOn(place)) {
            return Optional.empty();
        }
        var reading = Reading.current();
        return here.answer(question, partition, reading.seen(place)).map(answered -> {
            answered.staleness().ifPresent(reading::note);
            return answered.answer();
        });
    }

    <A> Asking<A> ask(Question<A> question, Collection<Integer> partitions, Duration patience) {
        return new Asking<>(question, partitions, here, whereabouts, peers, room).run(patience);
    }

    <A> Asking<A> await(Question<A> question, int partition, Duration within) {
        return new Asking<>(question, Set.of(partition), here, whereabouts, peers, room).runWithin(within);
    }
}
