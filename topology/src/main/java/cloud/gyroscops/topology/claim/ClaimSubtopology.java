package cloud.gyroscops.topology.claim;

import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.streams.RegistryOutage;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** The part of the command topology that knows who holds which value. */
public final class ClaimSubtopology {

    /** The store of claims, by {@link ClaimKey}. */
    public static final String STORE = "claims";

    static final String ONWARD = "claims-onward";

    /** Whoever has something to claim. */
    private static final List<Aggregate> CLAIMANTS = List.of(Aggregate.ORGANIZATIONS, Aggregate.USERS);

    private ClaimSubtopology() {}

    /** Adds it. */
    public static void add(Topology topology, TopicCatalogue topics, Wire wire, RegistryOutage outage) {
        var bytes = new ByteArraySerializer();
        Deserializer<ClaimMessage> messages = (topic, message) -> outage.waitOut(() -> wire.claim(message));
        topology.addSource(
                        AutoOffsetReset.none(), "claims-requests", new StringDeserializer(), messages, topics.claims())
                .addProcessor("claims-decide", () -> new ClaimDecisions(wire), "claims-requests")
                .addStateStore(
                        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), stored())
                                .withLoggingEnabled(topics.changelog()),
                        "claims-decide")
                .addSink(ONWARD, topics.claims(), bytes, bytes, "claims-decide");
        CLAIMANTS.forEach(
                asker -> topology.addSink(answers(asker), topics.answers(asker), bytes, bytes, "claims-decide"));
    }

    /** How claims are stored. */
    public static StateSerde<StoredClaim> stored() {
        return new StateSerde<>(StoredClaim.class, SchemaHistory.load().of(StoredClaim.class.getName()));
    }

    static String answers(Aggregate asker) {
        return "claims-answers-" + asker.plural();
    }
}
