package cloud.gyroscops.topology.model;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.TopologySpecification;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.model.ReferenceModel.Answer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomCommandsTest {

    private static final int COMMANDS = 10_000;

    @ParameterizedTest
    @ValueSource(longs = 20_260_101)
    void tenThousandRandomCommandsGiveWhatThePlainModelGives(long seed) {
        var model = new ReferenceModel(
                CommandSettings.DEFAULT.paymentTimeToLive(), CommandSettings.DEFAULT.recentCommands());
        try (var topology = new TopologySpecification()) {
            var random = new RandomCommands(seed);
            for (int i = 0; i < COMMANDS; i++) {
                var command = random.next();
                if (i % 100 == 99) {
                    topology.advance(Duration.ofSeconds(7));
                    assertThat(topology.events()).isEmpty();
                }
                var expected = model.handle(command, topology.now());

                assertThat(Answer.of(topology.when(command).result().message()))
                        .as("seed %d, command %d: %s", seed, i, command)
                        .isEqualTo(expected);
            }

            assertThat(events(topology, model.events())).isEqualTo(model.events());
            model.states()
                    .forEach((key, state) ->
                            assertThat(state(topology, key)).as(key).isEqualTo(state));
        }
    }

    @Test
    void theSameSeedGivesTheSameCommands() {
        assertThat(new RandomCommands(7).take(500)).isEqualTo(new RandomCommands(7).take(500));
    }

    @Test
    void randomCommandsMeetEveryRefusal() {
        var model = new ReferenceModel(
                CommandSettings.DEFAULT.paymentTimeToLive(), CommandSettings.DEFAULT.recentCommands());
        var reasons = new HashSet<RefusalReason>();
        for (var command : new RandomCommands(20_260_101).take(COMMANDS)) {
            reasons.add(model.handle(command, TopologySpecification.START).reason());
        }

        assertThat(reasons)
                .containsAll(EnumSet.of(
                        RefusalReason.INVALID_FIELD,
                        RefusalReason.NOT_FOUND,
                        RefusalReason.ALREADY_EXISTS,
                        RefusalReason.DELETED,
                        RefusalReason.NAME_TAKEN,
                        RefusalReason.EMAIL_TAKEN,
                        RefusalReason.USERNAME_TAKEN,
                        RefusalReason.ORGANIZATION_NOT_FOUND,
                        RefusalReason.ORGANIZATION_SUSPENDED,
                        RefusalReason.USER_NOT_FOUND,
                        RefusalReason.USER_DELETED,
                        RefusalReason.USER_OF_OTHER_ORGANIZATION,
                        RefusalReason.VERSION_CONFLICT,
                        RefusalReason.COMMAND_ID_REUSED,
                        RefusalReason.INVALID_STATE,
                        RefusalReason.NOTHING_TO_CHANGE,
                        RefusalReason.USER_DISABLED,
                        RefusalReason.USER_NOT_VERIFIED,
                        RefusalReason.ORIGIN_NOT_ALLOWED,
                        RefusalReason.REFUND_EXCEEDS_PAYMENT,
                        RefusalReason.REFUND_ID_REUSED,
                        RefusalReason.REFUND_NOT_FOUND));
    }

    private static Map<String, List<SpecificRecord>> events(
            TopologySpecification topology, Map<String, List<SpecificRecord>> expected) {
        var events = new TreeMap<String, List<SpecificRecord>>();
        expected.keySet()
                .forEach(key -> events.put(
                        key,
                        topology.history(aggregate(key), id(key)).stream()
                                .map(event -> event.payload())
                                .toList()));
        return events;
    }

    private static SpecificRecord state(TopologySpecification topology, String key) {
        return topology.state(aggregate(key), id(key));
    }

    private static Aggregate aggregate(String key) {
        return Aggregate.named(key.substring(0, key.indexOf('/'))).orElseThrow();
    }

    private static String id(String key) {
        return key.substring(key.indexOf('/') + 1);
    }
}
