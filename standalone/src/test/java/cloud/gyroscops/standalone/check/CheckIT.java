package cloud.gyroscops.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.StoppedSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.model.RandomCommands;
import cloud.gyroscops.topology.streams.Installation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The check against a whole system: first as it is, then with records that somebody forged. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckIT {

    private static final int PARTITIONS = 3;
    private static final int COMMANDS = 3_000;
    private static final int UNHANDLED = 50;

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static Installation installation;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        var usual = SystemSettings.anywhere(directory.resolve("system"), PARTITIONS);
        var commands = new CommandSettings(
                Duration.ofSeconds(2), 64, Duration.ofMillis(200), CommandSettings.DEFAULT.userRemembered());
        system = GyroscopsSystem.start(new SystemSettings(
                usual.dataDirectory(),
                usual.kafkaPort(),
                null,
                usual.registryPort(),
                null,
                usual.api(),
                usual.topics(),
                commands,
                usual.threads(),
                usual.commitIntervalMs()));
        reach(system.bootstrapServers(), system.registryUrl());
        sendAllKinds(new Random(7));
    }

    private static void reach(String bootstrapServers, String registryUrl) {
        installation = Installation.at(
                KafkaSettings.at(bootstrapServers),
                TopicSettings.single(PARTITIONS),
                RegistrySettings.of(URI.create(registryUrl)),
                directory.resolve("test"));
        producer = new KafkaProducer<>(
                installation.kafka().with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        system.close();
    }

    /** Commands that fit and such that do not, every tenth in the partition of somebody else, and some that are none. */
    private static void sendAllKinds(Random random) {
        var commands = new RandomCommands(7);
        for (int i = 0; i < COMMANDS; i++) {
            send(commands.next(), random.nextInt(10) == 0 ? random.nextInt(PARTITIONS) : null);
            if (i % 500 == 0) {
                var users = installation.topics().commands(Aggregate.USERS);
                producer.send(new ProducerRecord<>(users, new byte[] {1, 2, 3}));
            }
        }
        producer.flush();
    }

    private static void send(CommandMessage command, Integer partition) {
        var aggregate =
                Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
        producer.send(new ProducerRecord<>(
                installation.topics().commands(aggregate),
                partition,
                bytes(command.header().getAggregateId()),
                installation.wire().command(aggregate, command)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Report check(Duration patience) {
        var options = new CheckOptions(
                CommandApplication.NAME,
                Duration.ofSeconds(1),
                CommandSettings.DEFAULT.userRemembered(),
                patience,
                20,
                reading -> {});
        return Check.run(installation.kafka(), installation.topics(), installation.wire(), options);
    }

    @Test
    @Order(1)
    void whileCommandsAreUnderWayItWaitsAndIsContent() {
        // The rest of the start is a part of the wait, which ends as soon as all is settled.
        var report = check(Duration.ofMinutes(5));

        assertThat(report.violations()).isEmpty();
        assertThat(report.content()).isTrue();
    }

    @Test
    @Order(2)
    void whatWasRecordedHoldsTogether() {
        var report = check(Duration.ofSeconds(10));

        assertThat(report.violations()).isEmpty();
        // Not of users: an erasure removes theirs.
        assertThat(report.records().get("payments.commands")).isGreaterThan(COMMANDS / 5);
        assertThat(report.checks()).containsKeys(Invariant.values());
    }

    @Test
    @Order(3)
    void aForgedEventIsFound() throws Exception {
        var records = eventsOfPayments();
        var last = records.get(records.size() - 1);
        var event = installation.wire().event(Aggregate.PAYMENTS, last.value());
        var header = event.header();
        header.setVersion(header.getVersion() + 1);
        var key = header.getAggregateId() + "@" + header.getVersion();
        header.setEventId("payments/" + key);
        header.setCausationId("nobody's");
        var sent = producer.send(new ProducerRecord<>(
                        last.topic(),
                        last.partition(),
                        bytes(key),
                        installation
                                .wire()
                                .event(Aggregate.PAYMENTS, new EventMessage(header, new PaymentCancelled("forged")))))
                .get();

        var report = check(Duration.ZERO);

        var place = new Place(last.topic(), sent.partition(), sent.offset());
        assertThat(report.violations())
                .filteredOn(violation -> violation.place().equals(place))
                .extracting(Violation::invariant)
                .contains(Invariant.RESULT_AND_EVENTS, Invariant.DECISIONS);
    }

    @Test
    @Order(4)
    void aSecondResultIsFound() throws Exception {
        // Users' commands may be gone, with those whom somebody erased.
        var payments = installation.topics().commands(Aggregate.PAYMENTS);
        var results = read(installation.topics().results()).stream()
                .filter(result -> result.value() != null
                        && Source.read(result.headers()).topic().equals(payments))
                .toList();
        var again = results.get(results.size() - 1);
        var sent = producer.send(new ProducerRecord<>(
                        again.topic(), again.partition(), again.key(), again.value(), again.headers()))
                .get();

        var report = check(Duration.ZERO);

        assertThat(report.violations())
                .filteredOn(violation ->
                        violation.place().equals(new Place(again.topic(), sent.partition(), sent.offset())))
                .extracting(Violation::invariant)
                .containsExactly(Invariant.ANSWERS);
    }

    @Test
    @Order(5)
    void whatNobodyHandlesIsCountedApart() {
        var before = check(Duration.ZERO);
        producer.close();
        system.close();
        try (var stopped = StoppedSystem.start(directory.resolve("system"))) {
            reach(stopped.bootstrapServers(), stopped.registryUrl());
            for (int i = 0; i < UNHANDLED; i++) {
                var header = new CommandHeader("late-" + i, "late-" + i, null, "test", Origin.CLIENT, null, Map.of());
                send(new CommandMessage(header, new CreateOrganization("Late " + i)), null);
            }
            producer.flush();

            var report = check(Duration.ofSeconds(1));

            assertThat(report.lag()).isEqualTo(new Report.Lag(UNHANDLED, 0));
            assertThat(report.counts()).isEqualTo(before.counts());
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> eventsOfPayments() {
        return read(installation.topics().events(Aggregate.PAYMENTS));
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var log = new KafkaLog(installation.kafka(), CommandApplication.NAME, List.of(topic), List.of())) {
            log.spans(topic).forEach(span -> log.read(span).forEachRemaining(records::add));
        }
        return records;
    }
}
