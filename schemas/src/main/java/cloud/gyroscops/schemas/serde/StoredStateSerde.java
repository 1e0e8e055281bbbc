package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.schemas.StoredState;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Aggregates in the command topology's stores: {@code StoredOrganization} and its like, which differ in the state only. */
public final class StoredStateSerde<T extends SpecificRecord, S extends SpecificRecord>
        implements Serde<StoredState<S>> {

    private final Supplier<T> newStored;
    private final Class<S> state;
    private final StateSerde<T> serde;

    /**
     * Reads what was stored with any of the schemas.
     *
     * @param stored the record that is stored: progress first, state second
     * @param history every schema that it ever had
     */
    public StoredStateSerde(Class<T> stored, Supplier<T> newStored, Class<S> state, Collection<Schema> history) {
        this.newStored = newStored;
        this.state = state;
        this.serde = new StateSerde<>(stored, history);
    }

    @Override
    public Serializer<StoredState<S>> serializer() {
        var serializer = serde.serializer();
        return (topic, stored) -> {
            if (stored == null) {
                return null;
            }
            var envelope = newStored.get();
            envelope.put(0, stored.progress());
            envelope.put(1, stored.state());
            return serializer.serialize(topic, envelope);
        };
    }

    @Override
    public Deserializer<StoredState<S>> deserializer() {
        var deserializer = serde.deserializer();
        return (topic, bytes) -> {
            var envelope = deserializer.deserialize(topic, bytes);
            return envelope == null ? null : new StoredState<>((Progress) envelope.get(0), state.cast(envelope.get(1)));
        };
    }
}
