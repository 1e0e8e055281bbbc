package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.StoredState;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Leads one command to its result: decides it on the aggregate's state, asks other partitions for what only they know,
 * first for references and then for claims, and, once all is known, sends events and result and stores the state.
 */
final class Settlement<S extends SpecificRecord> {

    private final AggregateModel<S> model;
    private final Aggregates<S> aggregates;
    private final Inquiry inquiry;
    private final InterceptorChain interceptors;
    private final Outbox outbox;
    private final Timeouts<S> timeouts;
    private final CommandMetrics metrics;
    private final int recentCommands;
    private final LongSupplier clockMs;
    private final PayloadFingerprint fingerprints = new PayloadFingerprint();
    private final ClaimLedger claims;

    Settlement(
            AggregateModel<S> model,
            Aggregates<S> aggregates,
            Inquiry inquiry,
            InterceptorChain interceptors,
            Outbox outbox,
            Timeouts<S> timeouts,
            CommandMetrics metrics,
            int recentCommands,
            LongSupplier clockMs) {
        this.model = model;
        this.aggregates = aggregates;
        this.inquiry = inquiry;
        this.interceptors = interceptors;
        this.outbox = outbox;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.recentCommands = recentCommands;
        this.clockMs = clockMs;
        this.claims = new ClaimLedger(model.aggregate(), outbox);
    }

    /**
     * Goes as far as it can.
     *
     * @param granted whether the claims that were asked for it are granted
     * @return null: the command has its result; otherwise the command as it waits for answers
     */
    Work settle(Work arrived, boolean granted) {
        var stored = aggregates.get(arrived.aggregateId());
        var handling = handling(arrived, stored.progress());
        var header = handling.header();
        var earlier = Recent.find(stored.progress(), header.getCommandId(), header.getOrigin());
        if (earlier.isPresent()) {
            var again =
                    Recent.answerAgain(model.aggregate(), handling, earlier.get(), fingerprints.of(handling.payload()));
            outbox.result(again, arrived.source(), arrived.time());
            return null;
        }
        var work = inquiry.withKnown(arrived);
        var decision = interceptors.decide(handling, () -> decide(handling, stored.state(), work));
        if (!(decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted)) {
            var refusal = ((Decision.Refused<SpecificRecord, Refusal>) decision).refusal();
            refuse(work, handling, stored, refusal, granted ? work.asked() : List.of());
            return null;
        }
        if (!inquiry.knowsAll(work)) {
            inquiry.ask(work);
            return work;
        }
        var state = stored.state();
        for (var event : accepted.events()) {
            state = model.decider().evolve(state, event);
        }
        var wanted = model.claims().apply(state);
        var missing = ClaimLedger.missing(stored.progress().getClaims(), wanted);
        if (!missing.isEmpty() && !(granted && missing.equals(work.asked()))) {
            if (granted) {
                // An interceptor decided otherwise the second time: then other claims are needed than those asked for.
                claims.giveBack(work.aggregateId(), work.ticket(), work.asked(), work.time());
            }
            claims.request(work, missing);
            return work.withAsked(missing);
        }
        if (granted) {
            var needless = work.asked().stream()
                    .filter(claim -> !wanted.contains(claim))
                    .toList();
            claims.giveBack(work.aggregateId(), work.ticket(), needless, work.time());
        }
        accept(work, handling, stored, accepted.events(), state, wanted);
        return null;
    }

    /** A command whose decision depended on a claim that somebody else holds. */
    void refuseTaken(Work work, ClaimsAnswer answer) {
        var stored = aggregates.get(work.aggregateId());
        var refusal = ClaimLedger.taken(answer.getTaken());
        refuse(work, handling(work, stored.progress()), stored, refusal, answer.getGranted());
    }

    /** Claims that were granted when nobody waited for them any more: a request had been sent twice. */
    void giveBack(String aggregateId, String ticket, ClaimsAnswer answer, long time) {
        var held = aggregates.get(aggregateId).progress().getClaims();
        claims.giveBack(aggregateId, ticket, ClaimLedger.missing(held, answer.getGranted()), time);
    }

    private Handling handling(Work work, Progress progress) {
        var appended = Instant.ofEpochMilli(work.time());
        var latest = progress.getOccurredAt();
        var time = latest != null && latest.isAfter(appended) ? latest : appended;
        return new Handling(
                model.aggregate(), work.command().header(), work.command().payload(), time, progress.getVersion());
    }

    private Decision<SpecificRecord, Refusal> decide(Handling handling, S state, Work work) {
        var header = handling.header();
        if (header.getExpectedVersion() != null && header.getExpectedVersion() != handling.version()) {
            return Decision.refuse(
                    RefusalReason.VERSION_CONFLICT,
                    "expectedVersion",
                    "expectedVersion is " + header.getExpectedVersion() + "; the current version is "
                            + handling.version());
        }
        return model.decider()
                .decide(
                        state,
                        new Command(
                                header.getAggregateId(),
                                handling.payload(),
                                handling.time(),
                                header.getOrigin(),
                                inquiry.found(work)));
    }

    private void accept(
            Work work,
            Handling handling,
            StoredState<S> before,
            List<SpecificRecord> events,
            S state,
            List<Claim> wanted) {
        var id = work.aggregateId();
        var progress = before.progress();
        long now = clockMs.getAsLong();
        long version = progress.getVersion();
        boolean erased = false;
        for (var event : events) {
            erased |= event instanceof UserErased;
            var organization = organization(id, before.state(), state);
            outbox.event(new EventMessage(eventHeader(handling, ++version, organization), event), now);
        }
        var handled = handled(handling, version, events.size(), null);
        var recent = erased ? List.of(handled) : Recent.and(progress.getRecent(), handled, recentCommands);
        if (erased) {
            for (long older = 1; older <= progress.getVersion(); older++) {
                outbox.forgetEvent(id, older, now);
            }
        }
        var held = claims.settle(work, progress.getClaims(), wanted);
        var occurredAt = events.isEmpty() ? progress.getOccurredAt() : handling.time();
        aggregates.put(id, new StoredState<>(new Progress(version, occurredAt, recent, held), state));
        if (timeouts != null) {
            timeouts.schedule(handling, before.state(), state);
        }
        answer(work, handling, handled);
    }

    private void refuse(Work work, Handling handling, StoredState<S> stored, Refusal refusal, List<Claim> granted) {
        claims.giveBack(work.aggregateId(), work.ticket(), granted, work.time());
        var progress = stored.progress();
        var handled = handled(handling, progress.getVersion(), 0, refusal);
        var recent = Recent.and(progress.getRecent(), handled, recentCommands);
        aggregates.put(
                work.aggregateId(),
                new StoredState<>(
                        new Progress(progress.getVersion(), progress.getOccurredAt(), recent, progress.getClaims()),
                        stored.state()));
        if (timeouts != null) {
            timeouts.schedule(handling, stored.state(), stored.state());
        }
        answer(work, handling, handled);
    }

    private void answer(Work work, Handling handling, HandledCommand handled) {
        metrics.count(handling.payload(), handled.getRefusal());
        outbox.result(Recent.result(model.aggregate(), work.aggregateId(), handled), work.source(), work.time());
    }

    private HandledCommand handled(Handling handling, long version, int events, Refusal refusal) {
        var header = handling.header();
        return new HandledCommand(
                header.getCommandId(),
                header.getOrigin(),
                fingerprints.of(handling.payload()),
                handling.time(),
                version,
                events,
                refusal,
                Recent.correlationId(handling));
    }

    /** Where the state does not tell any more, it told before. */
    private String organization(String id, S before, S after) {
        var now = model.organization().apply(id, after);
        return now.isEmpty() ? model.organization().apply(id, before) : now;
    }

    private EventHeader eventHeader(Handling handling, long version, String organization) {
        var header = handling.header();
        var id = header.getAggregateId();
        return new EventHeader(
                model.aggregate().plural() + "/" + EventKey.of(id, version),
                model.aggregate().type(),
                id,
                version,
                organization,
                handling.time(),
                header.getActor().strip(),
                header.getOrigin(),
                Recent.correlationId(handling),
                header.getCommandId(),
                new Fields().metadata("metadata", header.getMetadata()));
    }
}
