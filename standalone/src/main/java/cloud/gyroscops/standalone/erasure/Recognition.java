package cloud.gyroscops.standalone.erasure;

import static cloud.gyroscops.standalone.erasure.Concern.HARMLESS;
import static cloud.gyroscops.standalone.erasure.Concern.NOT_AT_ALL;
import static cloud.gyroscops.standalone.erasure.Concern.PERSONAL;

import cloud.gyroscops.connectors.worker.MirrorTopology;
import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.channel.ConfirmClaim;
import cloud.gyroscops.contract.channel.ReleaseClaim;
import cloud.gyroscops.contract.channel.RequestClaims;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.erasure.DeadLetter;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.history.EventIndex;
import cloud.gyroscops.topology.view.history.HistoryEntry;
import cloud.gyroscops.topology.view.list.UserList;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells, for every topic in its own way, which records are about one user. The users' events must be read first. */
final class Recognition {

    /** Second in both, stored users and views. */
    private static final int STATE = 1;

    private final String user;
    private final Wire wire;
    private final Map<String, Function<ConsumerRecord<byte[], byte[]>, Concern>> byTopic = new HashMap<>();
    private final StateSerde<StoredUser> states = stored(StoredUser.class);
    private final StateSerde<StoredClaim> claims = stored(StoredClaim.class);
    private final Set<String> claimed = new HashSet<>();
    private EventMessage erasure;

    Recognition(String user, TopicCatalogue topics, Wire wire) {
        this.user = user;
        this.wire = wire;
        byTopic.put(topics.commands(Aggregate.USERS), this::command);
        byTopic.put(topics.events(Aggregate.USERS), this::event);
        byTopic.put(topics.answers(Aggregate.USERS), this::answer);
        byTopic.put(topics.questions(Aggregate.USERS), record -> hasKey(record, user) ? HARMLESS : NOT_AT_ALL);
        byTopic.put(topics.claims(), this::claim);
        byTopic.put(topics.results(), this::result);
        byTopic.put(topics.deadLetters(), this::deadLetter);
        var commands = topics.prefix() + CommandApplication.NAME;
        byTopic.put(
                Changelogs.topic(commands, AggregateModel.stateStore(Aggregate.USERS)),
                record -> state(record, states));
        byTopic.put(
                Changelogs.topic(commands, AggregateModel.parkedStore(Aggregate.USERS)),
                record -> versioned(record, user) ? live(record) : NOT_AT_ALL);
        byTopic.put(Changelogs.topic(commands, ClaimSubtopology.STORE), this::storedClaim);
        var mirrors = new MirrorRecognition(user, wire);
        byTopic.put(topics.mirrorOutcomes(), mirrors::outcome);
        byTopic.put(topics.mirrorStatus(), mirrors::status);
        for (var target : MirrorTarget.values()) {
            var application = topics.prefix() + MirrorTopology.application(target);
            byTopic.put(Changelogs.topic(application, MirrorTopology.AGGREGATES), mirrors::mirrored);
            byTopic.put(Changelogs.topic(application, MirrorTopology.PENDING), mirrors::pending);
            byTopic.put(Changelogs.topic(application, MirrorTopology.PARKED), mirrors::parked);
        }
    }

    /** Tells those of an application that runs a version of the views, too. */
    void inViews(String application) {
        var views = new ViewRecognition(user);
        byTopic.put(Changelogs.topic(application, ViewModel.viewStore(Aggregate.USERS)), views::latest);
        byTopic.put(Changelogs.topic(application, ViewModel.snapshotStore(Aggregate.USERS)), views::snapshot);
        byTopic.put(
                Changelogs.topic(application, ViewModel.historyStore(Aggregate.USERS)),
                record -> event(record, record.value() == null ? null : HistoryEntry.event(record.value())));
        byTopic.put(Changelogs.topic(application, EventIndex.store(Aggregate.USERS)), views::indexed);
        byTopic.put(Changelogs.topic(application, UserList.STORE), views::latest);
        byTopic.put(Changelogs.topic(application, "applied-versions"), views::applied);
        byTopic.put(Changelogs.topic(application, "command-results"), this::result);
        byTopic.put(ViewTopology.changes(application), views::change);
    }

    /** How records of a topic are told apart. */
    Function<ConsumerRecord<byte[], byte[]>, Concern> of(String topic) {
        return byTopic.getOrDefault(topic, record -> NOT_AT_ALL);
    }

    /** Whether the users' events said that the user was erased. */
    boolean erased() {
        return erasure != null;
    }

    private Concern command(ConsumerRecord<byte[], byte[]> record) {
        try {
            var command = wire.command(Aggregate.USERS, record.value());
            return command.header().getAggregateId().equals(user)
                    ? Concern.personalIf(
                            !command.payload().getSchema().getFields().isEmpty())
                    : NOT_AT_ALL;
        } catch (MalformedRecordException poison) {
            return hasKey(record, user) || inCommandHeader(record) ? PERSONAL : NOT_AT_ALL;
        }
    }

    private Concern event(ConsumerRecord<byte[], byte[]> record) {
        return event(record, record.value());
    }

    private Concern event(ConsumerRecord<byte[], byte[]> record, byte[] bytes) {
        if (!versioned(record, user) || bytes == null) {
            return versioned(record, user) ? HARMLESS : NOT_AT_ALL;
        }
        var event = wire.event(Aggregate.USERS, bytes);
        if (event.payload() instanceof UserErased) {
            erasure = event;
            return HARMLESS;
        }
        return PERSONAL;
    }

    private Concern answer(ConsumerRecord<byte[], byte[]> record) {
        if (!hasKey(record, user)) {
            return NOT_AT_ALL;
        }
        return Concern.personalIf(wire.answer(Aggregate.USERS, record.value()).getAnswer() instanceof ClaimsAnswer);
    }

    private Concern claim(ConsumerRecord<byte[], byte[]> record) {
        var message = wire.claim(record.value()).getMessage();
        if (message instanceof RequestClaims request) {
            return claimant(request.getClaimant());
        }
        return message instanceof ConfirmClaim confirm
                ? claimant(confirm.getClaimant())
                : claimant(((ReleaseClaim) message).getClaimant());
    }

    private Concern claimant(Claimant claimant) {
        return claimant.getAggregateType() == AggregateType.USER
                        && claimant.getAggregateId().equals(user)
                ? PERSONAL
                : NOT_AT_ALL;
    }

    /** The key is the value: what takes the place of the user's claim tells it, too, until somebody else claims it. */
    private Concern storedClaim(ConsumerRecord<byte[], byte[]> record) {
        var key = text(record.key());
        if (record.value() == null) {
            return claimed.contains(key) ? PERSONAL : NOT_AT_ALL;
        }
        var stored = claims.deserializer().deserialize(record.topic(), record.value());
        boolean theirs = claimant(stored.getHolder()) == PERSONAL
                || stored.getWaiting().stream()
                        .anyMatch(waiting -> claimant(waiting.getRequest().getClaimant()) == PERSONAL);
        if (theirs) {
            claimed.add(key);
            return PERSONAL;
        }
        claimed.remove(key);
        return NOT_AT_ALL;
    }

    /** What was answered after the erasure, and the answer to it, hold nothing of the user. */
    private Concern result(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return NOT_AT_ALL;
        }
        CommandResult result = wire.result(record.value());
        if (result.getAggregateType() != AggregateType.USER
                || !result.getAggregateId().equals(user)) {
            return NOT_AT_ALL;
        }
        return Concern.personalIf(
                !erased() || result.getVersion() < erasure.header().getVersion());
    }

    private Concern deadLetter(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && (user.equals(DeadLetter.of(record).key()) || inCommandHeader(record))
                ? PERSONAL
                : NOT_AT_ALL;
    }

    private <T extends SpecificRecord> Concern state(ConsumerRecord<byte[], byte[]> record, StateSerde<T> serde) {
        if (!hasKey(record, user) || record.value() == null) {
            return hasKey(record, user) ? HARMLESS : NOT_AT_ALL;
        }
        var state = (UserState)
                serde.deserializer().deserialize(record.topic(), record.value()).get(STATE);
        return Concern.personalIf(state.getStatus() != UserStatus.ERASED);
    }

    private static Concern live(ConsumerRecord<byte[], byte[]> record) {
        return Concern.personalIf(record.value() != null);
    }

    private boolean inCommandHeader(ConsumerRecord<byte[], byte[]> record) {
        return wire.commandHeader(record.value())
                .filter(header -> header.getAggregateId().equals(user))
                .isPresent();
    }

    /** Whether the key is the user's id and a version. */
    static boolean versioned(ConsumerRecord<byte[], byte[]> record, String user) {
        var key = text(record.key());
        return key.startsWith(user + "@") && key.indexOf('@') == key.lastIndexOf('@');
    }

    static boolean hasKey(ConsumerRecord<byte[], byte[]> record, String key) {
        return text(record.key()).equals(key);
    }

    static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    static <T extends SpecificRecord> StateSerde<T> stored(Class<T> type) {
        return new StateSerde<>(type, SchemaHistory.load().of(type.getName()));
    }
}
