package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.PARTITIONS;
import static cloud.gyroscops.topology.broker.Installation.command;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.broker.Installation.Answered;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.model.RandomCommands;
import cloud.gyroscops.topology.model.ReferenceModel;
import cloud.gyroscops.topology.model.ReferenceModel.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold on real brokers. All tests share one, each with topics of its own. */
class CommandTopologyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

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
    void everyCommandThatIsSentAgainAlsoAfterARestartGetsTheSameResultAndMakesNoOtherEvent() throws Exception {
        var commands = new ArrayList<CommandMessage>();
        for (int i = 0; i < 100; i++) {
            commands.add(command("c-" + i, "o-" + i % 40, null, new CreateOrganization("Acme " + i % 40)));
            commands.add(command("d-" + i, "o-" + i % 40, null, new RenameOrganization("Emca " + i)));
        }
        try (var installation = installation("twice")) {
            installation.start();
            sendAll(installation, commands);
            sendAll(installation, commands);
            installation.results(2 * commands.size());
            installation.stop();
            installation.start();
            sendAll(installation, commands);
            var results = installation.results(3 * commands.size());

            var other = command("c-0", "o-0", null, new CreateOrganization("Emca"));
            installation.send(other).get();
            var reused = installation.results(results.size() + 1).get(results.size());

            var byCommand = results.stream()
                    .collect(Collectors.groupingBy(
                            answered -> answered.result().getCommandId(),
                            Collectors.mapping(Answered::bytes, Collectors.toList())));
            assertThat(byCommand).hasSize(commands.size());
            byCommand.forEach((id, bytes) -> assertThat(bytes).as(id).hasSize(3).allMatch(each -> ByteBuffer.wrap(each)
                    .equals(ByteBuffer.wrap(bytes.get(0)))));
            assertThat(installation.events(Aggregate.ORGANIZATIONS).values().stream()
                            .mapToInt(List::size)
                            .sum())
                    .isEqualTo(results.stream()
                                    .mapToInt(answered ->
                                            answered.result().getEventKeys().size())
                                    .sum()
                            / 3);
            assertThat(reused.result().getRefusal().getReason()).isEqualTo(RefusalReason.COMMAND_ID_REUSED);
        }
    }

    @Test
    void ofTwoWritersThatRaceExactlyOneWinsEachVersion() throws Exception {
        int rounds = 30;
        try (var installation = installation("race")) {
            installation.start();
            installation
                    .send(command("c", "o-1", 0L, new CreateOrganization("Acme")))
                    .get();
            for (long version = 1; version <= rounds; version++) {
                var one = write(installation, "one", version);
                var two = write(installation, "two", version);
                one.get();
                two.get();
                var results = installation.results(1 + 2 * (int) version);

                assertThat(results.subList(results.size() - 2, results.size()))
                        .extracting(answered -> answered.result().getStatus())
                        .containsExactlyInAnyOrder(ResultStatus.ACCEPTED, ResultStatus.REJECTED);
            }

            assertThat(installation.events(Aggregate.ORGANIZATIONS).get("o-1"))
                    .extracting(event -> event.header().getVersion())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, rounds + 1)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    private static CompletableFuture<RecordMetadata> write(Installation installation, String writer, long version) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return installation
                        .send(command(writer + version, "o-1", version, new RenameOrganization(writer + " " + version)))
                        .get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void compactionToTheEndLeavesEveryEventWhereItIs() throws Exception {
        try (var installation = installation("compacted")) {
            var topic = installation.topics().events(Aggregate.PAYMENTS);
            compactEagerly(topic);
            installation.start();
            installation
                    .send(command("o-1", "o-1", null, new CreateOrganization("Acme")))
                    .get();
            installation.results(1);
            var commands = new ArrayList<CommandMessage>();
            for (int i = 0; i < 60; i++) {
                var id = "p-" + i;
                commands.add(command("a-" + i, id, null, Payloads.createPayment("o-1")));
                commands.add(command("b-" + i, id, null, new AuthorizePayment("auth-1", null)));
                commands.add(command("c-" + i, id, null, new CapturePayment()));
                commands.add(command("d-" + i, id, null, new CompletePayment(1000L, null)));
            }
            sendAll(installation, commands);
            installation.results(1 + commands.size());
            var before = keys(installation, topic);

            cleanUpToNow(installation, topic);

            var after = keys(installation, topic);
            after.removeIf(key -> key.startsWith("marker"));
            assertThat(before).hasSize(4 * 60).doesNotHaveDuplicates();
            assertThat(after).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private static void compactEagerly(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var settings = Map.of("segment.ms", "20", "min.cleanable.dirty.ratio", "0", "delete.retention.ms", "0");
            var changes = settings.entrySet().stream()
                    .map(setting -> new AlterConfigOp(
                            new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                    .all()
                    .get();
        }
    }

    /**
     * Appends markers under one key to every partition until the first one is gone: then the cleaner has been through
     * all that came before it.
     */
    private static void cleanUpToNow(Installation installation, String topic) throws Exception {
        var first = new HashMap<Integer, Long>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            first.put(partition, mark(installation, topic, partition));
        }
        Awaiting.that("the cleaner has run", SOON, () -> {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                mark(installation, topic, partition);
            }
            try (var follower = installation.follow(topic)) {
                return follower.all().stream()
                        .noneMatch(record -> text(record.key()).equals("marker@1")
                                && first.get(record.partition()) == record.offset());
            }
        });
    }

    private static long mark(Installation installation, String topic, int partition) throws Exception {
        return installation
                .producer()
                .send(new ProducerRecord<>(topic, partition, bytes("marker@1"), bytes("marker")))
                .get()
                .offset();
    }

    private static List<String> keys(Installation installation, String topic) {
        try (var follower = installation.follow(topic)) {
            return follower.all().stream()
                    .map(record -> text(record.key()))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    @Test
    void tenThousandRandomCommandsGiveWhatThePlainModelGives() throws Exception {
        var commands = RandomCommands.apart(4_711).take(10_000);
        try (var installation = installation("random")) {
            installation.start();
            var homes = sendHomes(installation);
            var sent = sendAll(installation, commands);
            var results = new HashMap<Source, Answer>();
            installation
                    .results(homes.size() + commands.size())
                    .forEach(answered -> results.put(answered.source(), Answer.of(answered.result())));

            assertThat(results).hasSize(homes.size() + commands.size());
            thenAsInModel(installation, homes, commands, sent, results);
        }
    }

    private static List<RecordMetadata> sendHomes(Installation installation) throws Exception {
        var homes = sendAll(installation, RandomCommands.homes());
        installation.results(homes.size());
        return homes;
    }

    private static void thenAsInModel(
            Installation installation,
            List<RecordMetadata> homes,
            List<CommandMessage> commands,
            List<RecordMetadata> sent,
            Map<Source, Answer> results) {
        var model = new ReferenceModel(
                CommandSettings.DEFAULT.paymentTimeToLive(), CommandSettings.DEFAULT.recentCommands());
        for (int i = 0; i < homes.size(); i++) {
            model.handle(
                    RandomCommands.homes().get(i),
                    Instant.ofEpochMilli(homes.get(i).timestamp()));
        }
        for (int i = 0; i < commands.size(); i++) {
            var at = sent.get(i);
            var expected = model.handle(commands.get(i), Instant.ofEpochMilli(at.timestamp()));
            assertThat(results.get(new Source(at.topic(), at.partition(), at.offset())))
                    .as("command %d: %s", i, commands.get(i))
                    .isEqualTo(expected);
        }
        var events = new TreeMap<String, List<SpecificRecord>>();
        var states = new TreeMap<String, SpecificRecord>();
        for (var aggregate : Aggregate.values()) {
            installation.events(aggregate).forEach((id, messages) -> {
                var key = ReferenceModel.key(aggregate, id);
                events.put(
                        key, messages.stream().map(message -> message.payload()).toList());
                states.put(key, installation.state(aggregate, id));
                assertThat(messages)
                        .as(key)
                        .extracting(message -> message.header().getVersion())
                        .containsExactlyElementsOf(LongStream.range(0, messages.size())
                                .mapToObj(i -> messages.get(0).header().getVersion() + i)
                                .toList());
            });
        }
        assertThat(events).isEqualTo(model.events());
        assertThat(states).isEqualTo(model.states());
        assertThat(installation.deadLetters()).isZero();
    }

    @Test
    void aBrokerThatRestartsUnderLoadLosesNothing() throws Exception {
        var commands = RandomCommands.apart(42).take(4_000);
        try (var installation = installation("restarted")) {
            installation.start();
            var homes = sendHomes(installation);
            var half = commands.size() / 2;
            var sent = new ArrayList<Future<RecordMetadata>>();
            commands.subList(0, half).forEach(each -> sent.add(installation.send(each)));
            var restart = CompletableFuture.runAsync(() -> {
                try {
                    broker.restart();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            commands.subList(half, commands.size()).forEach(each -> sent.add(installation.send(each)));
            restart.get();
            var metadata = all(sent);
            var results = new HashMap<Source, Answer>();
            installation
                    .results(homes.size() + commands.size())
                    .forEach(answered -> results.put(answered.source(), Answer.of(answered.result())));
            Awaiting.that("running", SOON, installation::running);

            assertThat(results).hasSize(homes.size() + commands.size());
            thenAsInModel(installation, homes, commands, metadata, results);
        }
    }

    @Test
    void aRegistryThatIsAwayUnderLoadHoldsCommandsUpAndLosesNone() throws Exception {
        var commands = RandomCommands.apart(99).take(3_000);
        try (var installation = installation("unregistered")) {
            installation.start();
            var homes = sendHomes(installation);
            var registry = installation.registry();
            var schemas = newSchemas(installation);
            int known = commands.size() / 3;
            var metadata = new ArrayList<>(sendAll(installation, commands.subList(0, known)));
            installation.results(homes.size() + known);

            registry.goDown();
            int before = registry.requests();
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var command : commands.subList(known, commands.size())) {
                var aggregate = Aggregate.thatTakes(
                                command.payload().getSchema().getName())
                        .orElseThrow();
                var value = installation.bytes(command);
                if (sent.size() % 10 == 9) {
                    ByteBuffer.wrap(value).putInt(1, schemas.get(aggregate));
                }
                sent.add(installation.send(
                        aggregate, null, bytes(command.header().getAggregateId()), value));
            }
            // Each waiting thread asks five times a second.
            Awaiting.that("the registry was asked in vain", SOON, () -> registry.requests() >= before + 60);
            registry.comeBack();
            metadata.addAll(all(sent));
            var results = new HashMap<Source, Answer>();
            installation
                    .results(homes.size() + commands.size())
                    .forEach(answered -> results.put(answered.source(), Answer.of(answered.result())));

            assertThat(results).hasSize(homes.size() + commands.size());
            thenAsInModel(installation, homes, commands, metadata, results);
        }
    }

    /** Schemas of another producer that differ in nothing that counts, but in their ids. */
    private static Map<Aggregate, Integer> newSchemas(Installation installation) {
        var ids = new EnumMap<Aggregate, Integer>(Aggregate.class);
        for (var aggregate : Aggregate.values()) {
            var schema = new Schema.Parser().parse(aggregate.commandSchema().toString());
            schema.addProp("written-by", "another producer");
            ids.put(aggregate, installation.registry().register("another", schema));
        }
        return ids;
    }

    @Test
    void commandsInAnyPartitionAndWithoutKeysAreHandledOnceAndAnsweredWhereTheyCameFrom() throws Exception {
        int count = 60;
        try (var installation = installation("anywhere")) {
            installation.start();
            var sources = new HashMap<String, Source>();
            for (int i = 0; i < count; i++) {
                var id = "o-" + i;
                int elsewhere = (EventPartitioner.partition(id, PARTITIONS) + i) % PARTITIONS;
                var command = command("c-" + i, id, null, new CreateOrganization("Acme " + i));
                var at = installation
                        .send(
                                Aggregate.ORGANIZATIONS,
                                elsewhere,
                                i % 2 == 0 ? null : bytes(id),
                                installation.bytes(command))
                        .get();
                sources.put("c-" + i, new Source(at.topic(), at.partition(), at.offset()));
            }

            var answered = installation.results(count).stream()
                    .collect(Collectors.toMap(each -> each.result().getCommandId(), Answered::source));
            assertThat(answered).isEqualTo(sources);
            try (var follower = installation.follow(installation.topics().events(Aggregate.ORGANIZATIONS))) {
                assertThat(follower.all()).hasSize(count).allSatisfy(record -> assertThat(record.partition())
                        .isEqualTo(EventPartitioner.partition(EventKey.aggregateId(text(record.key())), PARTITIONS)));
            }
        }
    }

    @Test
    void poisonIsSetAsideAndTheNextGoodCommandIsHandled() throws Exception {
        try (var installation = installation("poison")) {
            installation.start();
            var good = command("c-1", "o-1", null, new CreateOrganization("Acme"));
            var bytes = installation.bytes(good);
            var unknown = bytes.clone();
            unknown[1] = 0x7f;
            var poison = new ArrayList<byte[]>();
            poison.add(null);
            poison.add(new byte[0]);
            poison.add(bytes("rubbish"));
            poison.add(unknown);
            poison.add(Arrays.copyOf(bytes, 9));
            // What still fits into a record, but not with the headers of a dead letter.
            poison.add(new byte[(1 << 20) - 100]);
            for (var value : poison) {
                installation
                        .send(Aggregate.ORGANIZATIONS, null, bytes("o-1"), value)
                        .get();
            }
            installation.send(good).get();

            assertThat(installation.results(1)).singleElement().satisfies(answered -> assertThat(
                            answered.result().getStatus())
                    .isEqualTo(ResultStatus.ACCEPTED));
            assertThat(installation.deadLetters()).isEqualTo(poison.size());
        }
    }

    @Test
    void whatWasCommittedCanBeReadFromTheViews() throws Exception {
        try (var installation = installation("viewed")) {
            installation.start();
            installation
                    .send(command("c-1", "o-1", null, new CreateOrganization("Acme")))
                    .get();
            for (int i = 2; i <= 12; i++) {
                installation
                        .send(command("c-" + i, "o-1", null, new RenameOrganization("Acme " + i)))
                        .get();
            }
            var results = installation.results(12);
            var views = installation.views();
            Awaiting.that("the view has version 12", SOON, () -> views.find(Aggregate.ORGANIZATIONS, "o-1")
                    .map(view -> ((OrganizationView) view).getApplied().getVersion() == 12)
                    .orElse(false));

            assertThat(Awaiting.answer(SOON, () -> views.find(Aggregate.ORGANIZATIONS, "o-2")))
                    .isEmpty();
            assertThat(Awaiting.answer(SOON, () -> views.history(Aggregate.ORGANIZATIONS, "o-1", 8, 3)))
                    .extracting(event -> event.header().getVersion())
                    .containsExactly(8L, 9L, 10L);
            Awaiting.that(
                    "the result is there", SOON, () -> views.result("c-12").isPresent());
            assertThat(Awaiting.answer(SOON, () -> views.result("c-12")))
                    .contains(results.get(11).result());
            assertThat(Awaiting.answer(SOON, () -> views.result("c-99"))).isEmpty();
        }
    }

    private Installation installation(String name) {
        return new Installation(broker.bootstrapServers(), name, directory);
    }

    private static List<RecordMetadata> sendAll(Installation installation, List<CommandMessage> commands)
            throws Exception {
        return all(commands.stream().map(installation::send).toList());
    }

    private static List<RecordMetadata> all(List<Future<RecordMetadata>> sent) throws Exception {
        var metadata = new ArrayList<RecordMetadata>();
        for (var each : sent) {
            metadata.add(each.get());
        }
        return metadata;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
