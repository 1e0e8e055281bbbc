package cloud.gyroscops.topology.claim;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.channel.ConfirmClaim;
import cloud.gyroscops.contract.channel.ReleaseClaim;
import cloud.gyroscops.contract.channel.RequestClaims;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.contract.channel.WaitingRequest;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants each value to one aggregate at a time. A claim is provisional until the events of its command are out, then
 * confirmed; who meets a provisional one waits, who meets a confirmed one is told that it is taken. Every message may
 * come again: what is granted is granted again, and who waits already waits once.
 */
final class ClaimDecisions implements Processor<String, ClaimMessage, byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimDecisions.class);

    private final Wire wire;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, StoredClaim> claims;

    ClaimDecisions(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        claims = context.getStateStore(ClaimSubtopology.STORE);
    }

    @Override
    public void process(Record<String, ClaimMessage> record) {
        var message = record.value().getMessage();
        if (message instanceof RequestClaims request) {
            request(record.key(), request, record.timestamp());
        } else if (message instanceof ConfirmClaim confirm) {
            confirm(record.key(), confirm, record.timestamp());
        } else if (message instanceof ReleaseClaim release) {
            release(record.key(), release.getClaimant());
        } else {
            throw new IllegalStateException("no rule for " + message);
        }
    }

    private void request(String key, RequestClaims request, long time) {
        var held = claims.get(key);
        var claimant = request.getClaimant();
        if (held == null) {
            claims.put(key, provisional(claimant, List.of()));
            granted(request, time);
        } else if (sameAggregate(held.getHolder(), claimant)) {
            // One aggregate has one command under way: a provisional claim of another one of its commands is out of
            // date.
            if (held.getStatus() == ClaimStatus.PROVISIONAL && !held.getHolder().equals(claimant)) {
                claims.put(key, provisional(claimant, held.getWaiting()));
            }
            granted(request, time);
        } else if (held.getStatus() == ClaimStatus.CONFIRMED) {
            answer(request, request.getClaims().get(request.getNext()), time);
        } else if (held.getWaiting().stream()
                .noneMatch(other -> other.getRequest().getClaimant().equals(claimant))) {
            var waiting = new ArrayList<>(held.getWaiting());
            waiting.add(new WaitingRequest(request, Instant.ofEpochMilli(time)));
            claims.put(key, new StoredClaim(held.getHolder(), held.getStatus(), held.getSince(), waiting));
        }
    }

    private void confirm(String key, ConfirmClaim confirm, long time) {
        var held = claims.get(key);
        var claimant = confirm.getClaimant();
        if (held != null && !sameAggregate(held.getHolder(), claimant)) {
            // Cannot be: nobody confirms what was not granted, and what was granted is kept until it is released.
            LOG.error("{} confirms {}, which {} holds", claimant, key, held.getHolder());
            return;
        }
        claims.put(key, new StoredClaim(claimant, ClaimStatus.CONFIRMED, now(), List.of()));
        if (held != null) {
            held.getWaiting()
                    .forEach(other -> answer(
                            other.getRequest(),
                            confirm.getClaim(),
                            other.getTime().toEpochMilli()));
        }
    }

    private void release(String key, Claimant claimant) {
        var held = claims.get(key);
        if (held == null) {
            return;
        }
        if (!held.getHolder().equals(claimant)) {
            var others = held.getWaiting().stream()
                    .filter(other -> !other.getRequest().getClaimant().equals(claimant))
                    .toList();
            if (others.size() < held.getWaiting().size()) {
                claims.put(key, new StoredClaim(held.getHolder(), held.getStatus(), held.getSince(), others));
            }
        } else if (held.getWaiting().isEmpty()) {
            claims.delete(key);
        } else {
            var next = held.getWaiting().get(0);
            var others = held.getWaiting().subList(1, held.getWaiting().size());
            claims.put(key, provisional(next.getRequest().getClaimant(), others));
            granted(next.getRequest(), next.getTime().toEpochMilli());
        }
    }

    private static boolean sameAggregate(Claimant one, Claimant other) {
        return one.getAggregateType() == other.getAggregateType()
                && one.getAggregateId().equals(other.getAggregateId());
    }

    private StoredClaim provisional(Claimant holder, List<WaitingRequest> waiting) {
        return new StoredClaim(holder, ClaimStatus.PROVISIONAL, now(), waiting);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    /** On to the next claim, or, after the last one, back to whoever asked. */
    private void granted(RequestClaims request, long time) {
        int next = request.getNext() + 1;
        if (next == request.getClaims().size()) {
            answer(request, null, time);
            return;
        }
        var onward = new RequestClaims(request.getClaimant(), request.getClaims(), next);
        send(
                ClaimSubtopology.ONWARD,
                ClaimKey.of(request.getClaims().get(next)),
                wire.claim(new ClaimMessage(onward)),
                time);
    }

    private void answer(RequestClaims request, Claim taken, long time) {
        var claimant = request.getClaimant();
        var asker = Aggregate.of(claimant.getAggregateType());
        var granted = taken == null ? request.getClaims() : request.getClaims().subList(0, request.getNext());
        send(
                ClaimSubtopology.answers(asker),
                claimant.getAggregateId(),
                wire.answer(asker, new Answer(claimant.getCommandId(), new ClaimsAnswer(granted, taken))),
                time);
    }

    private void send(String sink, String key, byte[] value, long time) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, time), sink);
    }
}
