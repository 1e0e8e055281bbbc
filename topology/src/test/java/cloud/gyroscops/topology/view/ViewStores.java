package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.view.history.ReadHistory;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** The stores of a view topology that runs in a test. */
public final class ViewStores implements Questions {

    private final TopologyTestDriver driver;
    private final Wire wire;

    public ViewStores(TopologyTestDriver driver, Wire wire) {
        this.driver = driver;
        this.wire = wire;
    }

    @Override
    public <A> A ask(String key, Question<A> question) {
        return question.answer(new PartitionStores() {
            @Override
            public <T> T store(String name, QueryableStoreType<T> type) {
                return type.create(new OneStore(driver.getAllStateStores().get(name)), name);
            }

            @Override
            public <K, V> ReadOnlyKeyValueStore<K, V> keyValue(String name) {
                return driver.getKeyValueStore(name);
            }
        });
    }

    /** What an application has of a store. */
    private record OneStore(StateStore store) implements StateStoreProvider {

        @Override
        @SuppressWarnings("unchecked")
        public <S> List<S> stores(String name, QueryableStoreType<S> type) {
            return List.of((S) store);
        }
    }

    /** There is one partition. */
    @Override
    public <A> List<A> askAll(Question<A> question) {
        return List.of(ask("", question));
    }

    /**
     * As views of several partitions, each of which has all that is in these stores but for names; those that are missing nobody can answer
     * for, and nobody waits for them.
     */
    public Views views(int partitions, Set<Integer> missing) {
        var here = new Here() {
            @Override
            public boolean worksOn(Place place) {
                return !missing.contains(place.partition());
            }

            @Override
            public <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen) {
                return missing.contains(partition)
                        ? Optional.empty()
                        : Optional.of(new Answered<>(ask("", only(partition, question)), Optional.empty()));
            }

            /** Names of what really is in a partition. */
            @SuppressWarnings("unchecked")
            private <A> Question<A> only(int partition, Question<A> question) {
                if (!(question instanceof FindNames names)) {
                    return question;
                }
                return (Question<A>) new FindNames(names.ids().stream()
                        .filter(id -> EventPartitioner.partition(id, partitions) == partition)
                        .toList());
            }
        };
        var alone = new Respondents(here, new Alone(), Peers.NONE, new WaitingRoom(0));
        return new Views(() -> alone, partitions, wire, Duration.ZERO);
    }

    /** The view of an aggregate, if there is one. */
    public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
        return Optional.ofNullable(driver.<String, SpecificRecord>getKeyValueStore(ViewModel.viewStore(aggregate))
                .get(id));
    }

    /** An aggregate's events, in the order of the store. */
    public List<EventMessage> history(Aggregate aggregate, String id) {
        return ask(id, new ReadHistory(aggregate, id, 0, Integer.MAX_VALUE)).stream()
                .map(event -> wire.event(aggregate, event))
                .toList();
    }

    /** The latest result of a command that is kept. */
    public Optional<CommandResult> result(String commandId) {
        try (var found = driver.<String, byte[]>getWindowStore(ResultUpdates.STORE)
                .backwardFetch(commandId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            return found.hasNext() ? Optional.of(wire.result(found.next().value)) : Optional.empty();
        }
    }
}
