package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.contract.channel.ParkedQuestion;
import cloud.gyroscops.contract.channel.ReferenceAnswer;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.Incoming.Answered;
import cloud.gyroscops.topology.command.Incoming.Asked;
import cloud.gyroscops.topology.command.Incoming.Received;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The aggregates of one type and partition: takes commands, questions and answers one by one, each inside one
 * transaction, and keeps the order of an aggregate's commands while one of them waits for answers.
 */
final class Decisions<S extends SpecificRecord> implements Processor<String, Incoming, byte[], byte[]> {

    /** How often it is looked what waits for too long. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final AggregateModel<S> model;
    private final Wire wire;
    private final CommandSettings settings;
    private final InterceptorChain interceptors;
    private final MeterRegistry meters;

    private ProcessorContext<byte[], byte[]> context;
    private Outbox outbox;
    private Aggregates<S> aggregates;
    private Parking parking;
    private Inquiry inquiry;
    private Settlement<S> settlement;
    private Gauge parked;

    Decisions(
            AggregateModel<S> model,
            Wire wire,
            CommandSettings settings,
            InterceptorChain interceptors,
            MeterRegistry meters) {
        this.model = model;
        this.wire = wire;
        this.settings = settings;
        this.interceptors = interceptors;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        outbox = new Outbox(new Nodes(model.aggregate()), wire, context);
        aggregates = new Aggregates<>(model, context.getStateStore(model.stateStore()));
        parking = new Parking(context.getStateStore(model.parkedStore()));
        var references = new KnownReferences(
                context.getStateStore(OrganizationDirectory.STORE),
                settings.userRemembered(),
                context::currentSystemTimeMs);
        inquiry = new Inquiry(model.aggregate(), references, outbox);
        Timeouts<S> timeouts = null;
        if (model.timeout() != null) {
            timeouts = new Timeouts<>(
                    model,
                    aggregates,
                    context.getStateStore(model.timeoutStore()),
                    outbox,
                    context::currentSystemTimeMs);
            context.schedule(settings.timeoutScan(), PunctuationType.WALL_CLOCK_TIME, timeouts::send);
        }
        settlement = new Settlement<>(
                model,
                aggregates,
                inquiry,
                interceptors,
                outbox,
                timeouts,
                new CommandMetrics(meters),
                settings.recentCommands(),
                context::currentSystemTimeMs);
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::askAgain);
        parked = Gauge.builder("gyroscops.commands.parked", parking, Parking::size)
                .description("Aggregates with commands that wait for answers of other partitions")
                .tag("aggregate", model.aggregate().plural())
                .tag("partition", Integer.toString(context.taskId().partition()))
                .register(meters);
    }

    @Override
    public void close() {
        if (parked != null) {
            meters.remove(parked);
        }
    }

    @Override
    public void process(Record<String, Incoming> record) {
        var id = record.key();
        if (record.value() instanceof Received received) {
            take(id, received.work());
        } else if (record.value() instanceof Answered answered) {
            takeAnswer(id, answered.answer(), record.timestamp());
        } else if (record.value() instanceof Asked asked) {
            takeQuestion(id, asked.question(), record.timestamp());
        }
    }

    private void take(String id, Work work) {
        if (parking.holds(id)) {
            parking.add(id, work.parked(), now());
            return;
        }
        var waiting = settlement.settle(work, false);
        if (waiting != null) {
            parking.add(id, waiting.parked(), now());
        }
    }

    private void takeAnswer(String id, Answer answer, long time) {
        var work = first(id);
        boolean expected = work != null && work.ticket().equals(answer.getCommandId());
        if (answer.getAnswer() instanceof ReferenceAnswer found) {
            if (expected) {
                learn(id, work, found);
            }
        } else if (expected && answersWhatWasAsked(work, (ClaimsAnswer) answer.getAnswer())) {
            var claims = (ClaimsAnswer) answer.getAnswer();
            if (claims.getTaken() != null) {
                settlement.refuseTaken(work, claims);
                goOn(id);
            } else {
                settleFirst(id, work, true);
            }
        } else {
            settlement.giveBack(id, answer.getCommandId(), (ClaimsAnswer) answer.getAnswer(), time);
        }
    }

    /** An answer to what was asked for an earlier command, or before, is none. */
    private static boolean answersWhatWasAsked(Work work, ClaimsAnswer answer) {
        var told = new ArrayList<>(answer.getGranted());
        if (answer.getTaken() != null) {
            told.add(answer.getTaken());
            return told.size() <= work.asked().size()
                    && told.equals(work.asked().subList(0, told.size()));
        }
        return !told.isEmpty() && told.equals(work.asked());
    }

    private void learn(String id, Work work, ReferenceAnswer answer) {
        var wiser = inquiry.learn(work, answer);
        if (wiser == null) {
            return;
        }
        if (inquiry.knowsAll(wiser)) {
            settleFirst(id, wiser, false);
        } else {
            parking.replaceFirst(id, wiser.parked(), now());
        }
    }

    /** The command that waits for answers; null if none does. */
    private Work first(String id) {
        var first = parking.first(id);
        return first != null && first.getParked() instanceof ParkedCommand command ? work(command) : null;
    }

    private Work work(ParkedCommand parkedCommand) {
        return Work.of(parkedCommand, bytes -> wire.command(model.aggregate(), bytes));
    }

    private void settleFirst(String id, Work work, boolean granted) {
        var waiting = settlement.settle(work, granted);
        if (waiting == null) {
            goOn(id);
        } else {
            parking.replaceFirst(id, waiting.parked(), now());
        }
    }

    /** After the first in line: those behind it, until one must wait again. */
    private void goOn(String id) {
        parking.removeFirst(id);
        for (var next = parking.first(id); next != null; next = parking.first(id)) {
            if (next.getParked() instanceof ParkedQuestion question) {
                reply(id, question.getQuestion(), question.getTime().toEpochMilli());
            } else {
                var waiting = settlement.settle(work((ParkedCommand) next.getParked()), false);
                if (waiting != null) {
                    parking.replaceFirst(id, waiting.parked(), now());
                    return;
                }
            }
            parking.removeFirst(id);
        }
    }

    /** Whoever asks for an aggregate that is just being created gets to know how that ends. */
    private void takeQuestion(String id, ReferenceQuestion question, long time) {
        if (parking.holds(id) && aggregates.get(id).progress().getVersion() == 0) {
            var waiting = new ParkedQuestion(question, Instant.ofEpochMilli(time));
            parking.add(id, new Parked(waiting), now());
        } else {
            reply(id, question, time);
        }
    }

    private void reply(String id, ReferenceQuestion question, long time) {
        var found = model.existence().apply(aggregates.get(id).state(), question.getOrganizationId());
        outbox.answer(
                Aggregate.of(question.getAskerType()),
                question.getAskerId(),
                new Answer(
                        question.getCommandId(),
                        new ReferenceAnswer(model.aggregate().type(), id, found, question.getAgain())),
                time);
    }

    private void askAgain(long now) {
        for (var id : parking.toAskAgain(now)) {
            var work = first(id);
            if (work == null) {
                // A question that outlived the command before it: only a rebuild can leave one.
                reply(id, ((ParkedQuestion) parking.first(id).getParked()).getQuestion(), now);
                goOn(id);
            } else {
                settleFirst(id, work, false);
            }
        }
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}
