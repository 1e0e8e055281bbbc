package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.PARTITIONS;
import static cloud.gyroscops.topology.broker.Installation.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.CommandTopology;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command application goes on where it was, or not at all. */
class OffsetsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int COMMANDS = 30;

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
    void aNewInstallationHandlesWhatWasSentBeforeItStarted() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "new", directory)) {
            send(installation, 0, COMMANDS);

            installation.start();

            assertThat(installation.results(COMMANDS)).hasSize(COMMANDS);
        }
    }

    @Test
    void ofTwoInstancesThatStartAtOnceOneGivesTheOffsetsAndBothRun() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "both", directory);
                var one = installation.commands("one");
                var other = installation.commands("other")) {
            send(installation, 0, COMMANDS);

            var started = CompletableFuture.allOf(
                    CompletableFuture.runAsync(one::start), CompletableFuture.runAsync(other::start));

            started.get(SOON.toSeconds(), TimeUnit.SECONDS);
            Awaiting.that("both running", SOON, () -> one.running() && other.running());
            assertThat(installation.results(COMMANDS)).hasSize(COMMANDS);
        }
    }

    @Test
    void beforeItStartsEveryPartitionThatItReadsHasAnOffset() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "begins", directory);
                var admin = admin()) {
            installation.start();

            var topics = installation.topics();
            assertThat(offsets(admin, installation))
                    .containsOnlyKeys(Stream.concat(
                                    Stream.of(Aggregate.values()).map(topics::commands), topics.channels().stream())
                            .flatMap(topic -> IntStream.range(0, PARTITIONS)
                                    .mapToObj(partition -> new TopicPartition(topic, partition)))
                            .toArray(TopicPartition[]::new));
        }
    }

    @Test
    void aPartitionThatItHasNeverReadIsGivenItsBeginningBesideOthers() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "partly", directory);
                var admin = admin()) {
            installation.start();
            send(installation, 0, COMMANDS);
            installation.results(COMMANDS);
            installation.stop();
            var users = new TopicPartition(installation.topics().commands(Aggregate.USERS), 0);
            deleteOffset(admin, installation, users);

            installation.start();

            assertThat(offsets(admin, installation)).containsEntry(users, new OffsetAndMetadata(0));
        }
    }

    @Test
    void whereAllWasRefusedItDoesNotHandleItAgain() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "refused", directory);
                var admin = admin()) {
            installation.start();
            installation
                    .send(command("no", "o-none", null, new SuspendOrganization("unpaid")))
                    .get();
            installation.results(1);
            installation.stop();
            var organizations = new TopicPartition(
                    installation.topics().commands(Aggregate.ORGANIZATIONS),
                    EventPartitioner.partition("o-none", PARTITIONS));
            deleteOffset(admin, installation, organizations);

            try (var late = installation.commands("commands")) {
                assertThatThrownBy(late::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no offset for " + organizations);
            }
        }
    }

    @Test
    void whereAMemberKeepsItFromBeingGivenOffsetsItDoesNotStart() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "members", directory);
                var member = member(installation);
                var late = installation.commands("commands")) {
            Awaiting.that("a member", SOON, () -> {
                member.poll(Duration.ofMillis(100));
                return !member.assignment().isEmpty();
            });

            assertThatThrownBy(late::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has members, and no offsets for")
                    .hasMessageContaining(installation.topics().commands(Aggregate.USERS) + "-0");
        }
    }

    @Test
    void beyondTheEndOfTheLogItStops() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "beyond", directory);
                var admin = admin()) {
            installation.start();
            installation.stop();
            var users = new TopicPartition(installation.topics().commands(Aggregate.USERS), 0);
            admin.alterConsumerGroupOffsets(group(installation), Map.of(users, new OffsetAndMetadata(1_000)))
                    .all()
                    .get();

            try (var late = installation.commands("commands")) {
                late.start();
                Awaiting.that("a stop", SOON, late::failed);
            }

            assertThat(offsets(admin, installation)).containsEntry(users, new OffsetAndMetadata(1_000));
        }
    }

    @Test
    void changelogsOfABuildThatHadOtherTimesInThemAreGoneOnWith() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "earlier", directory);
                var admin = admin()) {
            installation.start();
            send(installation, 0, COMMANDS);
            installation.results(COMMANDS);
            installation.stop();
            var changelog = new ConfigResource(
                    ConfigResource.Type.TOPIC, group(installation) + "-organizations-state-changelog");
            var earlier = new AlterConfigOp(
                    new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(changelog, List.of(earlier)))
                    .all()
                    .get();

            installation.start();

            Awaiting.that("the times of this build", SOON, () -> admin.describeConfigs(List.of(changelog))
                    .all()
                    .get()
                    .get(changelog)
                    .get("message.timestamp.type")
                    .value()
                    .equals("LogAppendTime"));
            send(installation, COMMANDS, 2 * COMMANDS);
            assertThat(installation.results(2 * COMMANDS)).hasSize(2 * COMMANDS);
        }
    }

    /** As a rebuild does it, just after the check that the instance has passed. */
    @Test
    void anInstanceWhoseOffsetsAreDeletedWhileItStartsStopsAndHandlesNothingAgain() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "deleted", directory);
                var admin = admin()) {
            installation.start();
            send(installation, 0, COMMANDS);
            int results = installation.results(COMMANDS).size();
            installation.stop();
            admin.deleteConsumerGroups(List.of(group(installation))).all().get();

            try (var late = unchecked(installation)) {
                late.start();
                Awaiting.that("a stop", SOON, late::failed);
            }

            try (var follower = installation.follow(installation.topics().results())) {
                assertThat(follower.all()).hasSize(results);
            }
            assertThat(offsets(admin, installation)).isEmpty();
        }
    }

    @Test
    void whereTheLogBeginsLaterThanItHadComeItGoesOnAtTheBeginning() throws Exception {
        try (var installation = new Installation(broker.bootstrapServers(), "trimmed", directory);
                var admin = admin()) {
            installation.start();
            send(installation, 0, COMMANDS);
            installation.results(COMMANDS);
            installation.stop();
            send(installation, COMMANDS, 2 * COMMANDS);
            var commands = new TopicPartition(
                    installation.topics().commands(Aggregate.ORGANIZATIONS),
                    EventPartitioner.partition("o-0", PARTITIONS));
            admin.deleteRecords(Map.of(commands, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();

            installation.start();
            installation
                    .send(command("last", "o-0", null, new CreateOrganization("Last")))
                    .get();

            Awaiting.that("the last result", SOON, () -> installation.results(COMMANDS).stream()
                    .anyMatch(answered -> answered.result().getCommandId().equals("last")));
            Awaiting.that("running", SOON, installation::running);
        }
    }

    private static void deleteOffset(Admin admin, Installation installation, TopicPartition partition)
            throws Exception {
        admin.deleteConsumerGroupOffsets(group(installation), Set.of(partition))
                .all()
                .get();
    }

    /** Who is in the application's group and gives it no offsets. */
    private static KafkaConsumer<byte[], byte[]> member(Installation installation) {
        var member = new KafkaConsumer<>(
                KafkaSettings.at(broker.bootstrapServers())
                        .with(Map.of("group.id", group(installation), "enable.auto.commit", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        member.subscribe(List.of(installation.topics().results()));
        return member;
    }

    private static void send(Installation installation, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            installation
                    .send(command("c-" + i, "o-" + i, null, new CreateOrganization("Acme " + i)))
                    .get();
        }
    }

    /** What passed the check before the offsets went. */
    private static StreamsApplication unchecked(Installation installation) {
        var outage = new RegistryOutage();
        var topology = new CommandTopology(
                installation.topics(),
                installation.wire(),
                outage,
                CommandSettings.DEFAULT,
                new SimpleMeterRegistry(),
                List.of());
        return new StreamsApplication(topology.build(), installation.streams("commands"), outage);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, Installation installation)
            throws Exception {
        return admin.listConsumerGroupOffsets(group(installation))
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static String group(Installation installation) {
        return installation.streams("commands").applicationId();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
