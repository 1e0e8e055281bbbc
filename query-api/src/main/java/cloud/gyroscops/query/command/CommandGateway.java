package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.view.Views;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes commands, and hears of their results. */
public final class CommandGateway implements AutoCloseable {

    private static final Duration IN_FLIGHT = Duration.ofMinutes(10);
    /** What falls out is looked for in Kafka. */
    private static final int MOST_IN_FLIGHT = 50_000;

    private final Producer<String, byte[]> producer;
    private final Wire wire;
    private final TopicCatalogue topics;
    private final ResultsFollower results;
    private final PendingCommands pending;
    private final Views views;
    private final Cache<String, Boolean> inFlight = Caffeine.newBuilder()
            .expireAfterWrite(IN_FLIGHT)
            .maximumSize(MOST_IN_FLIGHT)
            .build();

    CommandGateway(
            Producer<String, byte[]> producer,
            Wire wire,
            TopicCatalogue topics,
            ResultsFollower results,
            PendingCommands pending,
            Views views) {
        this.producer = producer;
        this.wire = wire;
        this.topics = topics;
        this.results = results;
        this.pending = pending;
        this.views = views;
    }

    /** From here on, no result is missed. */
    public void start() {
        results.start();
    }

    /** What is known of a command. */
    sealed interface Status {
        record Done(CommandResult result) implements Status {}

        record Pending() implements Status {}

        record Unknown() implements Status {}
    }

    /**
     * A command on its way.
     *
     * @param acknowledged completes when Kafka has it for good, exceptionally with a {@link Problem} if it has not
     * @param result completes when its result is committed
     */
    record Sent(CompletableFuture<Void> acknowledged, CompletableFuture<CommandResult> result) {}

    /** Publishes a command that is part of no trace. */
    Sent send(CommandRequest request) {
        return send(request, TraceContext.NONE);
    }

    /** Publishes a command. */
    Sent send(CommandRequest request, TraceContext trace) {
        var header = request.message().header();
        var topic = topics.commands(request.aggregate());
        byte[] value;
        try {
            value = wire.command(request.aggregate(), request.message());
        } catch (RegistryUnavailableException e) {
            throw Problem.unavailable("the schema registry cannot be reached; nothing was published");
        }
        var waiter = results.await(header.getCommandId());
        var acknowledged = new CompletableFuture<Void>();
        inFlight.put(header.getCommandId(), true);
        waiter.result().thenRun(() -> inFlight.invalidate(header.getCommandId()));
        var record = new ProducerRecord<>(topic, header.getAggregateId(), value);
        trace.addTo(record.headers());
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                waiter.sent(new Source(topic, metadata.partition(), metadata.offset()));
                acknowledged.complete(null);
            } else {
                inFlight.invalidate(header.getCommandId());
                var problem = Problem.unavailable("Kafka did not take the command (" + failure.getMessage()
                                + "); send it again with the same commandId")
                        .with("commandId", header.getCommandId());
                waiter.result().completeExceptionally(problem);
                acknowledged.completeExceptionally(problem);
            }
        });
        return new Sent(acknowledged, waiter.result());
    }

    /**
     * What became of a command, whoever sent it.
     *
     * @throws Problem 503 if that cannot be told now
     */
    Status status(String commandId) {
        var known = done(commandId);
        if (known.isPresent()) {
            return new Status.Done(known.get());
        }
        if (inFlight.getIfPresent(commandId) != null || pending.holds(commandId)) {
            return new Status.Pending();
        }
        // It may have been handled while we looked: once its result must have come in, look there again.
        pending.awaitResultsUntilNow();
        var behind = pending.resultBehindViews(commandId).map(wire::result);
        return done(commandId).or(() -> behind).<Status>map(Status.Done::new).orElseGet(Status.Unknown::new);
    }

    private Optional<CommandResult> done(String commandId) {
        return results.recent(commandId).or(() -> views.result(commandId));
    }

    /** Whether results are followed. */
    public boolean alive() {
        return results.alive();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        results.close();
        pending.close();
    }
}
