package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.PARTITIONS;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.SomeOutcomes;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.history.Histories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mirrors made of users is found in the users' partitions, by another application that reads it from the beginning, too. */
class MirrorOutcomesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int USERS = 12;

    @TempDir
    private Path directory;

    private ViewTopology topology;

    @Test
    void outcomesAreFoundWhereTheirUsersAreAndGoWithThem() throws Exception {
        try (var broker = new Broker();
                var installation = new Installation(broker.bootstrapServers(), "outcomes", directory)) {
            try (var application = views(broker, installation, "outcomes-views-1")) {
                application.start();
                Awaiting.that("views running", SOON, application::running);
                for (int user = 1; user <= USERS; user++) {
                    event(installation, "u-" + user, 1, Payloads.userCreated("o-1"));
                    outcome(installation, "u-" + user, 1, 1);
                }
                for (int user = 1; user <= USERS; user++) {
                    awaitOutcomes(application, installation, "u-" + user, 1L);
                }
                event(installation, "u-1", 2, new UserErased());
                awaitOutcomes(application, installation, "u-1");
                outcome(installation, "u-1", 2, 2);
                awaitOutcomes(application, installation, "u-1", 2L);
            }
            try (var again = views(broker, installation, "outcomes-views-2")) {
                again.start();
                Awaiting.that("views running", SOON, again::running);
                for (int user = 2; user <= USERS; user++) {
                    awaitOutcomes(again, installation, "u-" + user, 1L);
                }
                awaitOutcomes(again, installation, "u-1", 2L);
            }
        }
    }

    private StreamsApplication views(Broker broker, Installation installation, String name) {
        var settings = new StreamsSettings(
                KafkaSettings.at(broker.bootstrapServers()), name, directory.resolve(name), 2, 100, 1, 0, 6_000, "");
        var outage = new RegistryOutage();
        topology = new ViewTopology(installation.topics(), installation.wire(), outage);
        return new StreamsApplication(topology.build(), settings, outage);
    }

    private void awaitOutcomes(
            StreamsApplication application, Installation installation, String id, Long... sequences) {
        var views = Views.alone(application.streams(), topology.worked(), PARTITIONS, installation.wire());
        var audits = new Histories(views, installation.wire()).audits();
        Awaiting.that(
                "outcomes of " + id + " being " + List.of(sequences),
                SOON,
                () -> audits.outcomes(Aggregate.USERS, id, Optional.empty(), 10).outcomes().stream()
                        .map(MirrorOutcome::getSequence)
                        .toList()
                        .equals(List.of(sequences)));
    }

    private static void event(Installation installation, String id, long version, SpecificRecord payload)
            throws Exception {
        var event = ViewDriver.event(Aggregate.USERS, id, version, START.plusSeconds(version), "o-1", "eve", payload);
        send(
                installation,
                installation.topics().events(Aggregate.USERS),
                id,
                EventKey.of(id, version),
                installation.wire().event(Aggregate.USERS, event));
    }

    private static void outcome(Installation installation, String id, long sequence, long version) throws Exception {
        var outcome = SomeOutcomes.mirrored(
                MirrorTarget.KEYCLOAK, AggregateType.USER, id, sequence, version, START.plusSeconds(version));
        send(
                installation,
                installation.topics().mirrorOutcomes(),
                id,
                "KEYCLOAK/users/" + EventKey.of(id, sequence),
                installation.wire().outcome(outcome));
    }

    private static void send(Installation installation, String topic, String id, String key, byte[] value)
            throws Exception {
        installation
                .producer()
                .send(new ProducerRecord<>(
                        topic, EventPartitioner.partition(id, PARTITIONS), key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }
}
