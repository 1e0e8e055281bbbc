package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.Token;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.figures.DateRange;
import cloud.gyroscops.topology.view.figures.Figures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures lie in a cache until they are committed; whoever shows a token sees them before. */
class FiguresAtOnceIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int COMMIT_INTERVAL_MS = 1_000;

    @TempDir
    private Path directory;

    private ViewTopology topology;

    @Test
    void whoShowsATokenSeesTheFiguresThatAreNotCommittedYet() throws Exception {
        var outage = new RegistryOutage();
        try (var broker = new Broker();
                var installation = new Installation(broker.bootstrapServers(), "figures", directory);
                var application = views(broker, installation, outage)) {
            application.start();
            Awaiting.that("views running", SOON, application::running);
            var views = Views.alone(application.streams(), topology.worked(), PARTITIONS, installation.wire());
            var figures = new Figures(views);
            var consistency = new Consistency(views, Duration.ofSeconds(10));

            for (int users = 1; users <= 12; users++) {
                create(installation, "u-" + users);
                var tokens = List.of(new Token(Aggregate.USERS, "u-" + users, 1));

                assertThat(Awaiting.answer(SOON, () -> {
                            consistency.ofEverything(tokens);
                            return figures.users(DateRange.ALL).total();
                        }))
                        .isEqualTo(users);
                assertThat(Awaiting.answer(SOON, () -> {
                            consistency.ofOrganization(tokens, "o-1");
                            return figures.users("o-1", DateRange.ALL).total();
                        }))
                        .isEqualTo(users);
            }
        }
    }

    private StreamsApplication views(Broker broker, Installation installation, RegistryOutage outage) {
        var settings = new StreamsSettings(
                KafkaSettings.at(broker.bootstrapServers()),
                "figures-views",
                directory.resolve("views"),
                2,
                COMMIT_INTERVAL_MS,
                1,
                0,
                6_000,
                "");
        topology = new ViewTopology(installation.topics(), installation.wire(), outage);
        return new StreamsApplication(topology.build(), settings, outage);
    }

    private static void create(Installation installation, String id) throws Exception {
        var header = new EventHeader(
                "users/" + id + "@1",
                AggregateType.USER,
                id,
                1L,
                "o-1",
                Instant.parse("2026-01-01T12:00:00Z"),
                "eve",
                Origin.CLIENT,
                "c",
                "c",
                Map.of());
        installation
                .producer()
                .send(new ProducerRecord<>(
                        installation.topics().events(Aggregate.USERS),
                        EventPartitioner.partition(id, PARTITIONS),
                        EventKey.of(id, 1).getBytes(StandardCharsets.UTF_8),
                        installation
                                .wire()
                                .event(Aggregate.USERS, new EventMessage(header, Payloads.userCreated("o-1")))))
                .get();
    }
}
