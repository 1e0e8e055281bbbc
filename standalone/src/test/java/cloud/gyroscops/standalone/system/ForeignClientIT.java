package cloud.gyroscops.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.streams.Installation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands from librdkafka, which puts a key into another partition than Kafka's Java clients do. */
class ForeignClientIT {

    private static final int PARTITIONS = 5;
    private static final int ORGANIZATIONS = 40;
    private static final int RENAMES = 10;

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static Installation installation;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory.resolve("system"), PARTITIONS));
        installation = Installation.at(
                KafkaSettings.at(system.bootstrapServers()),
                TopicSettings.single(PARTITIONS),
                RegistrySettings.of(URI.create(system.registryUrl())),
                directory.resolve("observer"));
        Awaitility.await("ready").atMost(Duration.ofSeconds(60)).until(() -> get("/health/ready")
                .contains("\"status\":\"UP\""));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void keysOfItsOwnPartitionerAreHandledOnceAndInOrder() throws Exception {
        thenHandledInOrder(publish("crc", (id, number) -> -1, true));
    }

    @Test
    void handPickedPartitionsAreHandledOnceAndInOrder() throws Exception {
        thenHandledInOrder(publish(
                "picked", (id, number) -> (EventPartitioner.partition(id, PARTITIONS) + number) % PARTITIONS, true));
        assertThat(get("/metrics")).containsPattern("gyroscops_commands_rerouted_total\\{.*} [1-9]");
    }

    @Test
    void recordsWithoutKeysAreHandledOnceAndInOrderOfTheirPartition() throws Exception {
        thenHandledInOrder(publish("keyless", (id, number) -> number % PARTITIONS, false));
    }

    @Test
    void recordsWithoutKeysAnywhereAreEachHandledOnce() throws Exception {
        var commands = IntStream.range(0, 200)
                .mapToObj(i -> new Published(
                        command("anywhere-" + i, "anywhere-" + i, new CreateOrganization("Anywhere " + i)), -1, false))
                .toList();

        thenAllAccepted(commands, produce(commands));
    }

    /** A command, the partition that it is put into (-1: librdkafka's choice), and whether it has a key. */
    private record Published(CommandMessage command, int partition, boolean keyed) {

        String line() {
            var id = command.header().getAggregateId();
            return String.join(
                    "\t",
                    installation.topics().commands(Aggregate.ORGANIZATIONS),
                    Integer.toString(partition),
                    keyed ? id : "-",
                    HexFormat.of().formatHex(installation.wire().command(Aggregate.ORGANIZATIONS, command)));
        }
    }

    @FunctionalInterface
    private interface Choice {
        int partition(String id, int number);
    }

    /** Organizations that are created and renamed, all mixed. */
    private static List<Published> publish(String name, Choice choice, boolean keyed) {
        var commands = new ArrayList<Published>();
        for (int rename = 0; rename <= RENAMES; rename++) {
            for (int number = 0; number < ORGANIZATIONS; number++) {
                var id = name + "-" + number;
                SpecificRecord payload =
                        rename == 0 ? new CreateOrganization(id + " 0") : new RenameOrganization(id + " " + rename);
                commands.add(
                        new Published(command(id + "-" + rename, id, payload), choice.partition(id, number), keyed));
            }
        }
        return commands;
    }

    private static CommandMessage command(String commandId, String id, SpecificRecord payload) {
        return new CommandMessage(
                new CommandHeader(commandId, id, null, "librdkafka", Origin.CLIENT, null, Map.of()), payload);
    }

    private static void thenHandledInOrder(List<Published> commands) throws Exception {
        thenAllAccepted(commands, produce(commands));
        var names = new Reading(installation).events(Aggregate.ORGANIZATIONS);
        commands.stream()
                .map(each -> each.command().header().getAggregateId())
                .distinct()
                .forEach(id -> assertThat(names.get(id).stream().map(ForeignClientIT::name))
                        .containsExactlyElementsOf(IntStream.rangeClosed(0, RENAMES)
                                .mapToObj(number -> id + " " + number)
                                .toList()));
    }

    private static String name(SpecificRecord event) {
        return event instanceof OrganizationCreated created
                ? created.getName()
                : ((OrganizationRenamed) event).getName();
    }

    /** One result for each record, which names the place where librdkafka says that the record is. */
    private static void thenAllAccepted(List<Published> commands, List<Source> places) {
        var results = new Reading(installation).awaitResults(places);
        for (int i = 0; i < places.size(); i++) {
            var header = commands.get(i).command().header();
            assertThat(results.get(places.get(i)))
                    .as("%s", header)
                    .singleElement()
                    .extracting(CommandResult::getCommandId, CommandResult::getStatus)
                    .containsExactly(header.getCommandId(), ResultStatus.ACCEPTED);
        }
    }

    private static List<Source> produce(List<Published> commands) throws Exception {
        var in = Files.createTempFile(directory, "records", ".txt");
        var out = Files.createTempFile(directory, "places", ".txt");
        Files.write(in, commands.stream().map(Published::line).toList());
        var process = new ProcessBuilder("/usr/bin/python3", "src/test/python/produce.py", system.bootstrapServers())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        var topic = installation.topics().commands(Aggregate.ORGANIZATIONS);
        return Files.readAllLines(out).stream()
                .map(line -> line.split(" "))
                .map(place -> new Source(topic, Integer.parseInt(place[0]), Long.parseLong(place[1])))
                .toList();
    }

    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(system.http().resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
