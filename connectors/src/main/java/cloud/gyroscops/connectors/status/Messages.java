package cloud.gyroscops.connectors.status;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.FactPublisher;
import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.contract.mirror.UnknownObject;
import cloud.gyroscops.topology.streams.Installation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the sidecar says outside its workers' transactions: facts from webhooks, controls, and what it has seen. */
public final class Messages implements FactPublisher, AutoCloseable {

    /** Whoever waits for an answer to a webhook does so no longer. */
    private static final int DELIVERED_WITHIN_MS = 10_000;

    private static final int REQUEST_WITHIN_MS = 4_000;

    private final Installation installation;
    private final StatusFollower statuses;
    private final KafkaProducer<byte[], byte[]> producer;

    public Messages(Installation installation, StatusFollower statuses) {
        this.installation = installation;
        this.statuses = statuses;
        this.producer = new KafkaProducer<>(
                installation
                        .kafka()
                        .with(Map.of(
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                REQUEST_WITHIN_MS,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                REQUEST_WITHIN_MS,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                DELIVERED_WITHIN_MS)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public CompletableFuture<Void> publish(Fact fact) {
        var topics = installation.topics();
        return send(
                topics.commands(fact.aggregate()),
                null,
                fact.command().header().getAggregateId(),
                installation.wire().command(fact.aggregate(), fact.command()));
    }

    /** Asks something of the mirror of one aggregate. */
    public CompletableFuture<Void> ask(
            MirrorTarget target, AggregateType type, String id, String actor, SpecificRecord payload) {
        var control = new MirrorControl(target, type, id, actor, Instant.now(), payload);
        return send(
                installation.topics().mirrorControl(),
                null,
                id,
                installation.wire().control(control));
    }

    /** Asks something of all partitions of a mirror. */
    public CompletableFuture<Void> askAll(MirrorTarget target, String actor, SpecificRecord payload) {
        var control = new MirrorControl(target, AggregateType.UNKNOWN, "", actor, Instant.now(), payload);
        var value = installation.wire().control(control);
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int partition = 0; partition < installation.topics().partitions(); partition++) {
            all.add(send(installation.topics().mirrorControl(), partition, "all", value));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** That a target has an object of which the log knows nothing. */
    public CompletableFuture<Void> unknown(MirrorTarget target, String externalId, String kind) {
        var now = Instant.now();
        var known = statuses.unknown(target, externalId);
        var object = new UnknownObject(
                externalId,
                kind,
                known.map(UnknownObject::getFirstSeen).orElse(now),
                now,
                known.map(UnknownObject::getTimes).orElse(0L) + 1);
        return tell(target + "/unknown/" + externalId, new MirrorStatus(target, object));
    }

    /** That it has none such any more. */
    public CompletableFuture<Void> known(MirrorTarget target, String externalId) {
        return send(installation.topics().mirrorStatus(), null, target + "/unknown/" + externalId, null);
    }

    /** That nobody will ask for a run any more. */
    public CompletableFuture<Void> forget(MirrorTarget target, RunStatus run) {
        var key = target + "/run/" + run.getRunId() + '/' + run.getPartition();
        return send(installation.topics().mirrorStatus(), null, key, null);
    }

    /** How far a run is, beside what its partitions say; its partition is -1. */
    public CompletableFuture<Void> run(MirrorTarget target, RunStatus run) {
        return tell(target + "/run/" + run.getRunId() + '/' + run.getPartition(), new MirrorStatus(target, run));
    }

    private CompletableFuture<Void> tell(String key, MirrorStatus status) {
        return send(
                installation.topics().mirrorStatus(),
                null,
                key,
                installation.wire().status(status));
    }

    private CompletableFuture<Void> send(String topic, Integer partition, String key, byte[] value) {
        var sent = new CompletableFuture<Void>();
        var record = new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value);
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
