package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.claim.ClaimKey;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.command.TimeoutSchedule;
import cloud.gyroscops.topology.streams.Changelogs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes of what was gathered what the stores hold, and writes it to their changelogs. */
final class Making {

    private static final byte[] NOTHING = {};
    private static final int CONFLICTS_TOLD = 10;

    private final Pile pile;
    private final Wire wire;
    private final Changelogs changelogs;
    private final int recentCommands;
    private final Consumer<ProducerRecord<byte[], byte[]>> out;
    private final StateSerde<StoredClaim> claimSerde;
    private final StateSerde<Parked> parkedSerde;
    private final List<String> conflicts = new ArrayList<>();
    private long aggregates;
    private long claims;
    private long parked;

    Making(
            Pile pile,
            Wire wire,
            Changelogs changelogs,
            int recentCommands,
            SchemaHistory history,
            Consumer<ProducerRecord<byte[], byte[]>> out) {
        this.pile = pile;
        this.wire = wire;
        this.changelogs = changelogs;
        this.recentCommands = recentCommands;
        this.out = out;
        claimSerde = ClaimSubtopology.stored();
        parkedSerde = new StateSerde<>(Parked.class, history.of(Parked.class.getName()));
    }

    /**
     * The aggregates of one type and partition.
     *
     * @param next the first offset that was not taken in
     */
    <S extends SpecificRecord> void partition(AggregateModel<S> model, String commands, int partition, long next) {
        var one = new One<S>(model, commands, partition, next);
        pile.each(model.aggregate(), partition, one::take);
        one.end();
    }

    /** One aggregate after the other. */
    private final class One<S extends SpecificRecord> {

        private final AggregateModel<S> model;
        private final String commands;
        private final int partition;
        private final long next;
        private String id;
        private AggregateFold<S> fold;
        private final List<Sent> sent = new ArrayList<>();
        private final List<Answered> answers = new ArrayList<>();

        One(AggregateModel<S> model, String commands, int partition, long next) {
            this.model = model;
            this.commands = commands;
            this.partition = partition;
            this.next = next;
        }

        void take(String itsId, Pile.Kind kind, int place, long number, byte[] value) {
            if (!itsId.equals(id)) {
                end();
                id = itsId;
                fold = new AggregateFold<>(model);
            }
            switch (kind) {
                case COMMAND -> sent.add(Sent.of(commands, value));
                case EVENT -> {
                    var bytes = Arrays.copyOfRange(value, Long.BYTES, value.length);
                    var time = Instant.ofEpochMilli(ByteBuffer.wrap(value).getLong());
                    fold.add(wire.event(model.aggregate(), bytes), time);
                }
                case RESULT ->
                    answers.add(new Answered(
                            wire.result(value),
                            place == Integer.MAX_VALUE ? null : new Source(commands, place, number)));
                default -> throw new IllegalStateException("no rule for " + kind);
            }
        }

        void end() {
            if (id == null) {
                return;
            }
            var recent = RecentCommands.of(fold, answers, sent, recentCommands);
            if (fold.version() > 0 || !recent.isEmpty()) {
                aggregates++;
                var progress = new Progress(fold.version(), fold.occurredAt(), recent, fold.claims());
                write(
                        model.stateStore(),
                        partition,
                        bytes(id),
                        model.storedSerde().serializer().serialize(null, new StoredState<>(progress, fold.state())));
            }
            if (model.timeout() != null) {
                model.timeout()
                        .dueAt()
                        .apply(fold.state())
                        .ifPresent(dueAt -> write(
                                model.timeoutStore(),
                                partition,
                                TimeoutSchedule.key(dueAt.toEpochMilli(), id).get(),
                                NOTHING));
            }
            fold.held()
                    .forEach((claim, held) -> claim(
                            ClaimKey.of(claim),
                            new StoredClaim(
                                    new Claimant(model.aggregate().type(), id, held.commandId()),
                                    ClaimStatus.CONFIRMED,
                                    held.since(),
                                    List.of())));
            park();
            sent.clear();
            answers.clear();
            id = null;
        }

        /** In an aggregate's line, nothing is handled before what stands in front of it. */
        private void park() {
            var made = makers();
            int waiting = sent.size();
            while (waiting > 0
                    && !made.contains(sent.get(waiting - 1))
                    && !sent.get(waiting - 1).handled()) {
                waiting--;
            }
            for (var command : sent.subList(waiting, sent.size())) {
                if (command.offset() < next) {
                    parked++;
                    var stored = new Parked(new ParkedCommand(
                            ByteBuffer.wrap(command.bytes()),
                            commands,
                            command.source().partition(),
                            command.source().offset(),
                            Instant.ofEpochMilli(command.time()),
                            null,
                            null,
                            List.of()));
                    write(
                            model.parkedStore(),
                            partition,
                            bytes(EventKey.ordered(id, parked)),
                            parkedSerde.serializer().serialize(null, stored));
                }
            }
        }

        /**
         * The records that made events, whether or not their results are still there. One that was sent again under the
         * same id made none: it may well be waiting.
         */
        private Set<Sent> makers() {
            var occurred = new HashMap<String, Instant>();
            fold.commands()
                    .forEach(handled ->
                            occurred.put(handled.getOrigin() + " " + handled.getCommandId(), handled.getDecidedAt()));
            Set<Sent> makers = Collections.newSetFromMap(new IdentityHashMap<>());
            for (var command : sent) {
                var at = occurred.remove(command.origin() + " " + command.commandId());
                if (at != null && command.time() <= at.toEpochMilli()) {
                    makers.add(command);
                }
            }
            return makers;
        }
    }

    /** Of several holders, which only were possible before claims, the one that came first. */
    private void claim(String key, StoredClaim claim) {
        var other = claimSerde.deserializer().deserialize(null, pile.claim(key));
        if (other == null || other.getSince().isAfter(claim.getSince())) {
            pile.putClaim(key, claimSerde.serializer().serialize(null, claim));
        }
        if (other != null && conflicts.size() < CONFLICTS_TOLD) {
            conflicts.add(key + " of " + other.getHolder().getAggregateId() + " and "
                    + claim.getHolder().getAggregateId());
        }
    }

    /** All claims, once all aggregates are made. */
    void claims() {
        pile.eachClaim((key, stored) -> {
            claims++;
            write(ClaimSubtopology.STORE, EventPartitioner.partition(key, changelogs.partitions()), bytes(key), stored);
        });
    }

    private void write(String store, int partition, byte[] key, byte[] value) {
        out.accept(new ProducerRecord<>(changelogs.topic(store), partition, key, value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    long aggregates() {
        return aggregates;
    }

    RebuildSummary summary(long events, double seconds) {
        return new RebuildSummary(events, aggregates, claims, parked, List.copyOf(conflicts), seconds);
    }
}
