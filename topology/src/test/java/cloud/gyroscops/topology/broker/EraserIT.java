package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.command;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.erasure.Eraser;
import cloud.gyroscops.topology.streams.Changelogs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed beside the command topology, by one or several erasers, whenever they come. */
class EraserIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** There is always one that is not committed yet. */
    private static final Duration STEADILY = Duration.ofMillis(5);

    private static Broker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void whatWasErasedWhileNobodyErasedIsRemovedByWhoeverComesNext() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "late", directory)) {
            installation.start();
            eraseAda(installation);

            try (var eraser = eraser(installation, "late")) {
                eraser.start();

                awaitErased(installation);
            }
        }
    }

    @Test
    void twoErasersAtOnceDoNoHarm() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "two", directory);
                var one = eraser(installation, "two");
                var other = eraser(installation, "two")) {
            installation.start();
            one.start();
            other.start();

            eraseAda(installation);

            awaitErased(installation);
        }
    }

    @Test
    void anEraserThatComesAgainFindsNothingToDo() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "again", directory)) {
            installation.start();
            eraseAda(installation);
            for (int i = 0; i < 2; i++) {
                try (var eraser = eraser(installation, "again")) {
                    eraser.start();

                    awaitErased(installation);
                }
            }
        }
    }

    @Test
    void aCommandThatIsNotHandledYetIsNotRemoved() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "busy", directory)) {
            installation.start();
            eraseAda(installation);
            installation.stop();
            var late = user("late", "u-late", "late@acme.test");
            installation.send(late).get();

            try (var eraser = eraser(installation, "busy")) {
                eraser.start();
                installation.start();

                Awaiting.that("the late command's result", SOON, () -> results(installation)
                        .containsKey("late"));
                awaitErased(installation);
            }
        }
    }

    @Test
    void theCopyOfACommandThatCameToAnotherPartitionIsRemovedToo() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "moved", directory)) {
            installation.start();
            eraseAda(installation);
            installation.stop();
            var late = user("late", "u-ada", "ada@acme.test");
            int own = EventPartitioner.partition("u-ada", Installation.PARTITIONS);
            installation
                    .send(
                            Aggregate.USERS,
                            (own + 1) % Installation.PARTITIONS,
                            bytes("u-ada"),
                            installation.bytes(late))
                    .get();

            try (var eraser = eraser(installation, "moved")) {
                eraser.start();
                installation.start();

                Awaiting.that("the late command's result", SOON, () -> results(installation)
                        .containsKey("late"));
                awaitErased(installation);
            }
        }
    }

    @Test
    void anErasureEndsThoughCommandsKeepComing() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "steady", directory)) {
            installation.start();
            eraseAda(installation);
            var before = offsets(installation, installation.topics().commands(Aggregate.USERS), OffsetSpec.latest());
            var enough = new AtomicBoolean();
            var sending = CompletableFuture.runAsync(() -> {
                for (int i = 0; !enough.get(); i++) {
                    installation.send(user("steady-" + i, "u-bob", "bob@acme.test"));
                    LockSupport.parkNanos(STEADILY.toNanos());
                }
            });

            try (var eraser = eraser(installation, "steady")) {
                eraser.start();

                Awaiting.that("nothing of her left", SOON, () -> {
                    var begins = offsets(
                            installation, installation.topics().commands(Aggregate.USERS), OffsetSpec.earliest());
                    return before.keySet().stream()
                            .allMatch(partition -> begins.get(partition) >= before.get(partition));
                });
                assertThat(sending).isNotDone();
            } finally {
                enough.set(true);
            }
            sending.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(results(installation).get("c-1").value()).isNull();
        }
    }

    /** It came to another partition, was moved, and waits; behind it is what an erasure removes. */
    @Test
    void theCopyOfAParkedCommandStaysThoughADeadLetterBehindItGoes() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "parked", directory)) {
            installation.start();
            var payment = paymentOfPartition(0);
            var moved = command("moved", payment, null, new CancelPayment("waits", null));
            var sent = installation
                    .send(Aggregate.PAYMENTS, 1, bytes(payment), installation.bytes(moved))
                    .get();
            Awaiting.that("the moved command's result", SOON, () -> results(installation)
                    .containsKey("moved"));
            eraseAda(installation);
            installation.stop();
            park(installation, payment, sent);

            try (var eraser = eraser(installation, "parked")) {
                eraser.start();

                awaitErased(installation);
            }

            try (var follower = installation.follow(installation.topics().commands(Aggregate.PAYMENTS))) {
                assertThat(follower.all().stream()
                                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(payment))
                                .map(ConsumerRecord::partition))
                        .containsExactlyInAnyOrder(0, 1);
            }
        }
    }

    private static String paymentOfPartition(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "p-moved-" + i)
                .filter(id -> EventPartitioner.partition(id, Installation.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** As the topology keeps it whose command waits for answers. */
    private static void park(Installation installation, String id, RecordMetadata sent) throws Exception {
        var parked = new Parked(new ParkedCommand(
                ByteBuffer.allocate(0),
                sent.topic(),
                sent.partition(),
                sent.offset(),
                Instant.ofEpochMilli(sent.timestamp()),
                null,
                null,
                List.of()));
        var changelog = Changelogs.topic(
                installation.streams("commands").applicationId(), AggregateModel.parkedStore(Aggregate.PAYMENTS));
        var serde = new StateSerde<>(Parked.class, SchemaHistory.load().of(Parked.class.getName()));
        installation
                .producer()
                .send(new ProducerRecord<>(
                        changelog,
                        EventPartitioner.partition(id, Installation.PARTITIONS),
                        bytes(EventKey.ordered(id, 0)),
                        serde.serializer().serialize(changelog, parked)))
                .get();
    }

    /** With all that may be left behind: results, dead letters, and commands. */
    private static void eraseAda(Installation installation) throws Exception {
        send(installation, command("o", "o-1", null, new CreateOrganization("Acme")));
        send(installation, user("c-1", "u-ada", "ada@acme.test"));
        send(installation, command("c-2", "u-ada", null, new UpdateUser(null, "countess@acme.test", null, null)));
        send(installation, user("c-3", "u-ada", "else@acme.test"));
        send(installation, user("other", "u-bob", "bob@acme.test"));
        installation
                .send(Aggregate.USERS, 0, bytes("u-ada"), bytes("under her key"))
                .get();
        installation
                .send(Aggregate.PAYMENTS, 0, bytes("p-1"), bytes("for Ada@acme.test"))
                .get();
        installation
                .send(Aggregate.PAYMENTS, 0, bytes("p-1"), bytes("for nobody"))
                .get();
        Awaiting.that(
                "dead letters",
                SOON,
                () -> latest(installation, installation.topics().deadLetters()).size() == 3);
        send(installation, command("erase", "u-ada", null, new EraseUser()));
    }

    private static void awaitErased(Installation installation) {
        Awaiting.that("nothing left", SOON, () -> {
            var results = results(installation);
            return List.of("c-1", "c-2", "c-3").stream()
                            .allMatch(key -> results.get(key).value() == null)
                    && commandsLeft(installation) == 0;
        });
        assertThat(results(installation).get("erase").value()).isNotNull();
        assertThat(results(installation).get("other").value()).isNotNull();
        assertThat(latest(installation, installation.topics().deadLetters()).values().stream()
                        .filter(record -> record.value() != null)
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8)))
                .containsExactly("for nobody");
        // Whom it finds still at work then, it tidies up after half a minute later.
        Awaiting.that("nothing left in the channels", SOON.multipliedBy(2), () -> {
            long left = 0;
            for (var channel : installation.topics().channels()) {
                left += left(installation, channel);
            }
            return left == 0;
        });
    }

    /** How many offsets of users' commands are still kept. */
    private static long commandsLeft(Installation installation) throws Exception {
        return left(installation, installation.topics().commands(Aggregate.USERS));
    }

    private static long left(Installation installation, String topic) throws Exception {
        var ends = offsets(installation, topic, OffsetSpec.latest());
        var begins = offsets(installation, topic, OffsetSpec.earliest());
        return ends.keySet().stream()
                .mapToLong(partition -> ends.get(partition) - begins.get(partition))
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Installation installation, String topic, OffsetSpec which)
            throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var partitions = IntStream.range(0, installation.topics().partitions())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> which));
            return admin.listOffsets(partitions).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        }
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> results(Installation installation) {
        return latest(installation, installation.topics().results());
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> latest(Installation installation, String topic) {
        var latest = new TreeMap<String, ConsumerRecord<byte[], byte[]>>();
        try (var follower = installation.follow(topic)) {
            follower.all().forEach(record -> latest.put(new String(record.key(), StandardCharsets.UTF_8), record));
        }
        return latest;
    }

    private static void send(Installation installation, CommandMessage command) throws Exception {
        installation.send(command).get();
        Awaiting.that("the result of " + command, SOON, () -> results(installation)
                .containsKey(command.header().getCommandId()));
    }

    private static CommandMessage user(String commandId, String id, String email) {
        return command(commandId, id, null, new CreateUser(id, email, "Ann", "Lee", "o-1", List.of()));
    }

    private static Eraser eraser(Installation installation, String name) {
        return new Eraser(
                KafkaSettings.at(broker.bootstrapServers()),
                installation.topics(),
                installation.wire(),
                name + "-commands");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
