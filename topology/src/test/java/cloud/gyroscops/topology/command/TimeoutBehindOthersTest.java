package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.Payloads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The topology test driver handles at once what the topology sends itself, and at the topology's own time. Here the test
 * decides what waits in the topic, and when the broker appends it.
 */
class TimeoutBehindOthersTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final Instant DUE = CREATED.plus(TIME_TO_LIVE);

    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(1)), new InMemorySchemaRegistry());
    private final Nodes nodes = new Nodes(Aggregate.PAYMENTS);
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final AggregateModel<?> model =
            AggregateModel.all(TIME_TO_LIVE, SchemaHistory.load()).get(2);
    private final Decisions<?> decisions = new Decisions<>(
            model,
            wire,
            new CommandSettings(TIME_TO_LIVE, 64, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new InterceptorChain(List.of()),
            new SimpleMeterRegistry());
    private int sent;

    @BeforeEach
    void init() {
        store(model.stateStore(), Serdes.String(), model.storedSerde());
        store(model.timeoutStore(), Serdes.Bytes(), Serdes.ByteArray());
        store(OrganizationDirectory.STORE, Serdes.String(), Serdes.String());
        store(
                model.parkedStore(),
                Serdes.String(),
                new StateSerde<>(Parked.class, SchemaHistory.load().of(Parked.class.getName())));
        context.setCurrentSystemTimeMs(CREATED.toEpochMilli());
        organizations().put("o-1", OrganizationDirectory.ACTIVE);
        decisions.init(context);
        append(command(Payloads.createPayment("o-1")), CREATED);
        context.resetForwards();
    }

    @Test
    void aCompletionThatWaitsInTheTopicWinsOverATimeoutThatIsSentBehindIt() {
        punctuate(DUE.plusSeconds(3600));
        var timeout = timeouts().get(0);

        append(command(new CompletePayment(1000L, null)), DUE.minusSeconds(1));
        append(timeout, DUE.plusSeconds(3600));

        assertThat(events()).containsExactly(new PaymentCompleted(1000L, null));
        assertThat(lastRefusal()).isEqualTo(RefusalReason.INVALID_STATE);
        context.resetForwards();
        punctuate(DUE.plusSeconds(7200));
        assertThat(timeouts()).isEmpty();
    }

    @Test
    void theTopologyDecidesNothingBeforeTheTimeoutComesBack() {
        punctuate(DUE);

        assertThat(events()).isEmpty();
        assertThat(timeouts()).hasSize(1);
    }

    @Test
    void aTimeoutIsSentOnce() {
        punctuate(DUE);
        context.resetForwards();

        punctuate(DUE.plusSeconds(1));

        assertThat(timeouts()).isEmpty();
    }

    @Test
    void aPaymentExpiresByTheBrokersClockHoweverFarItIsBehind() {
        var behind = Duration.ofMinutes(2);
        punctuate(DUE);
        var early = timeouts().get(0);
        append(early, DUE.minus(behind));
        assertThat(lastRefusal()).isEqualTo(RefusalReason.INVALID_STATE);
        context.resetForwards();

        punctuate(DUE.plus(behind).minusSeconds(1));
        assertThat(timeouts()).isEmpty();
        punctuate(DUE.plus(behind));
        var again = timeouts().get(0);
        append(again, DUE);

        assertThat(again.header().getCommandId()).isNotEqualTo(early.header().getCommandId());
        assertThat(events()).containsExactly(new PaymentExpired());
    }

    private KeyValueStore<String, String> organizations() {
        return context.getStateStore(OrganizationDirectory.STORE);
    }

    private <K, V> void store(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private CommandMessage command(SpecificRecord payload) {
        return new CommandMessage(
                new CommandHeader("c-" + ++sent, "p-1", null, "anonymous", Origin.CLIENT, null, Map.of()), payload);
    }

    private void append(CommandMessage command, Instant time) {
        var source = new Source("payments.commands", 0, sent);
        var bytes = wire.command(Aggregate.PAYMENTS, command);
        var received = new Incoming.Received(Work.of(command, bytes, source, time.toEpochMilli()));
        decisions.process(new Record<>(command.header().getAggregateId(), received, time.toEpochMilli()));
    }

    private void punctuate(Instant time) {
        context.setCurrentSystemTimeMs(time.toEpochMilli());
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(time.toEpochMilli());
    }

    private List<CommandMessage> timeouts() {
        return context.forwarded(nodes.commandsAgain()).stream()
                .map(forward -> wire.command(
                        Aggregate.PAYMENTS, (byte[]) forward.record().value()))
                .toList();
    }

    private List<SpecificRecord> events() {
        return context.forwarded(nodes.events()).stream()
                .map(forward -> wire.event(
                                Aggregate.PAYMENTS, (byte[]) forward.record().value())
                        .payload())
                .toList();
    }

    private RefusalReason lastRefusal() {
        var results = context.forwarded(nodes.results());
        return wire.result((byte[]) results.get(results.size() - 1).record().value())
                .getRefusal()
                .getReason();
    }
}
