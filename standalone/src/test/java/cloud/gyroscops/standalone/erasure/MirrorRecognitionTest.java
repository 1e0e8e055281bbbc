package cloud.gyroscops.standalone.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What mirrors keep of a user, told apart from what may stay. */
final class MirrorRecognitionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(1)), new InMemorySchemaRegistry());
    private final MirrorRecognition mirrors = new MirrorRecognition("u-1", wire);

    @Test
    void outcomesAreTheUsersButForTheOneOfTheErasure() {
        wire.register();

        assertThat(mirrors.outcome(record("KEYCLOAK/users/u-1@1", outcome("UserUpdated"))))
                .isEqualTo(Concern.PERSONAL);
        assertThat(mirrors.outcome(record("KEYCLOAK/users/u-1@2", outcome("UserErased"))))
                .isEqualTo(Concern.HARMLESS);
        assertThat(mirrors.outcome(record("KEYCLOAK/users/u-1@1", null))).isEqualTo(Concern.HARMLESS);
        assertThat(mirrors.outcome(record("KEYCLOAK/users/u-12@1", outcome("UserUpdated"))))
                .isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void whyAUserIsParkedIsPersonalAsLongAsItIs() {
        assertThat(mirrors.status(record("KEYCLOAK/parked/users/u-1", new byte[1])))
                .isEqualTo(Concern.PERSONAL);
        assertThat(mirrors.status(record("KEYCLOAK/parked/users/u-1", null))).isEqualTo(Concern.HARMLESS);
        assertThat(mirrors.status(record("KEYCLOAK/partition/1", new byte[1]))).isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void aMirroredUserIsPersonalUntilItIsErasedAndNothingOfItIsLeft() {
        assertThat(mirrors.mirrored(record("users/u-1", row(UserStatus.ENABLED, Map.of()))))
                .isEqualTo(Concern.PERSONAL);
        assertThat(mirrors.mirrored(record("users/u-1", row(UserStatus.ERASED, Map.of("email", "a@b")))))
                .isEqualTo(Concern.PERSONAL);
        assertThat(mirrors.mirrored(record("users/u-1", row(UserStatus.ERASED, Map.of()))))
                .isEqualTo(Concern.HARMLESS);
        assertThat(mirrors.mirrored(record("users/u-2", row(UserStatus.ENABLED, Map.of()))))
                .isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void whatIsParkedIsPersonal() {
        assertThat(mirrors.parked(record("users/u-1@0000000000000000007", new byte[1])))
                .isEqualTo(Concern.PERSONAL);
        assertThat(mirrors.parked(record("users/u-2@0000000000000000007", new byte[1])))
                .isEqualTo(Concern.NOT_AT_ALL);
    }

    private byte[] outcome(String eventType) {
        return wire.outcome(new MirrorOutcome(
                MirrorTarget.KEYCLOAK,
                AggregateType.USER,
                "u-1",
                "o-1",
                1L,
                OutcomeKind.PARKED,
                "users.update",
                1L,
                eventType,
                null,
                1,
                NOW,
                null,
                new MirrorError("HTTP_409", "ada@example.com is taken", 409),
                List.of(),
                "mirror",
                "c"));
    }

    private static byte[] row(UserStatus status, Map<String, String> mirrored) {
        var state = new UserState(status, false, "", "", "", "", "", List.of(), null);
        var row = new MirroredAggregate("o-1", NOW, 1L, state, 1L, 1L, null, mirrored, NOW, null, 0L, "");
        return Recognition.stored(MirroredAggregate.class).serializer().serialize("", row);
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>("topic", 0, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
