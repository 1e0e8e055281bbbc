package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;

/** What this instance can answer from its own stores: partitions that it works on, and complete copies of others. */
public final class LocalViews implements Here {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final KafkaStreams streams;
    private final WorkedPartitions worked;
    private final Copies copies;
    private final WaitingRoom room;
    private final Sightings sightings = new Sightings();

    /** Answers from what an application works on and, as stale as they are said to be, from its copies. */
    LocalViews(KafkaStreams streams, WorkedPartitions worked, Copies copies, WaitingRoom room) {
        this.streams = streams;
        this.worked = worked;
        this.copies = copies;
        this.room = room;
    }

    /**
     * Answers what another instance asks, without the partitions that cannot be answered for here. Where the answer would wait,
     * it does so no longer than clients may have it wait, and not at all if as many wait already as may.
     */
    public <A> Map<Integer, Answered<A>> answer(Forwarded<A> forwarded) {
        var answers = new HashMap<Integer, Answered<A>>();
        if (forwarded.question().patience().isZero() || !room.during(() -> answer(forwarded, LONGEST_WAIT, answers))) {
            answer(forwarded, Duration.ZERO, answers);
        }
        return answers;
    }

    private <A> boolean answer(Forwarded<A> forwarded, Duration patience, Map<Integer, Answered<A>> answers) {
        var question = forwarded.question().within(patience);
        for (int partition : forwarded.partitions()) {
            answer(question, partition, forwarded.seen().getOrDefault(partition, List.of()))
                    .ifPresent(answer -> answers.put(partition, answer));
        }
        return true;
    }

    @Override
    public <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen) {
        var place = new Place(question.side(), partition);
        // Looked at once: what is worked on now may be a copy in a moment.
        boolean works = worksOn(place);
        var staleness = works ? copies.doubt(place) : copies.staleness(place);
        if (staleness.isEmpty() && !works) {
            return Optional.empty();
        }
        var stores = works ? new Stores(place) : new Copy(place);
        try {
            for (var token : seen) {
                if (!new AwaitVersion(place.side(), token, Duration.ZERO).answer(stores)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Answered<>(question.answer(stores), staleness));
        } catch (InvalidStateStoreException moved) {
            return Optional.empty();
        }
    }

    @Override
    public boolean worksOn(Place place) {
        return worked.contains(place);
    }

    private class Stores implements PartitionStores {

        final Place place;

        Stores(Place place) {
            this.place = place;
        }

        @Override
        public <T> T store(String name, QueryableStoreType<T> type) {
            return worked.store(place, name, type).orElseGet(() -> copy(place, name, type));
        }
    }

    private final class Copy extends Stores implements CopiedStores {

        Copy(Place place) {
            super(place);
        }

        @Override
        public boolean hold(Token token) {
            return worksOn(place) || copies.holds(place, sightings.of(place, token));
        }
    }

    /** Kafka Streams would refuse stores of a thread that restores others; which ones may be read is known better here. */
    private <T> T copy(Place place, String name, QueryableStoreType<T> type) {
        try {
            return streams.store(StoreQueryParameters.fromNameAndType(name, type)
                    .withPartition(place.partition())
                    .enableStaleStores());
        } catch (IllegalStateException stopped) {
            throw new InvalidStateStoreException("the views of this instance have stopped", stopped);
        }
    }
}
