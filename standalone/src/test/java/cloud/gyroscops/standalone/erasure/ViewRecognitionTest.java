package cloud.gyroscops.standalone.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.view.history.EventIndex;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ViewRecognitionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Applied APPLIED = new Applied(3L, NOW, "eve", NOW, "eve");

    private final ViewRecognition recognition = new ViewRecognition("ada");

    @Test
    void aViewIsPersonalUntilItIsErased() {
        assertThat(recognition.latest(record("ada", view(UserStatus.ENABLED)))).isEqualTo(Concern.PERSONAL);
        assertThat(recognition.latest(record("ada", view(UserStatus.ERASED)))).isEqualTo(Concern.HARMLESS);
        assertThat(recognition.latest(record("ada", (byte[]) null))).isEqualTo(Concern.HARMLESS);
        assertThat(recognition.latest(record("bob", view(UserStatus.ENABLED)))).isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void aSnapshotIsOfAVersion() {
        assertThat(recognition.snapshot(record(EventKey.ordered("ada", 100), view(UserStatus.ENABLED))))
                .isEqualTo(Concern.PERSONAL);
        assertThat(recognition.snapshot(record(EventKey.ordered("bob", 100), view(UserStatus.ENABLED))))
                .isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void whatHappenedWhenIsPersonalButForTheErasure() {
        assertThat(recognition.indexed(indexed("UserCreated", "ada"))).isEqualTo(Concern.PERSONAL);
        assertThat(recognition.indexed(indexed("UserErased", "ada"))).isEqualTo(Concern.HARMLESS);
        assertThat(recognition.indexed(indexed("UserCreated", "bob"))).isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void howFarOneHasComeMayStay() {
        assertThat(recognition.applied(record("users/ada", new byte[8]))).isEqualTo(Concern.HARMLESS);
        assertThat(recognition.applied(record("payments/ada", new byte[8]))).isEqualTo(Concern.NOT_AT_ALL);
    }

    @Test
    void aChangeToldOfAnErasureHoldsWhatWasBefore() {
        assertThat(recognition.change(change("ada", view(UserStatus.ENABLED), view(UserStatus.ERASED))))
                .isEqualTo(Concern.PERSONAL);
        assertThat(recognition.change(change("ada", null, view(UserStatus.ERASED))))
                .isEqualTo(Concern.HARMLESS);
        assertThat(recognition.change(change("bob", null, view(UserStatus.ENABLED))))
                .isEqualTo(Concern.NOT_AT_ALL);
        assertThat(recognition.change(record(
                        "ada", new ViewChange(AggregateType.ORGANIZATION, "ada", 1L, "ada", null, organization()))))
                .isEqualTo(Concern.NOT_AT_ALL);
    }

    private static UserView view(UserStatus status) {
        return new UserView(APPLIED, UserState.newBuilder().setStatus(status).build(), null, null);
    }

    private static OrganizationView organization() {
        return new OrganizationView(APPLIED, OrganizationState.newBuilder().build());
    }

    private static ConsumerRecord<byte[], byte[]> change(String user, UserView before, UserView after) {
        return record("acme", new ViewChange(AggregateType.USER, user, 3L, "acme", before, after));
    }

    private static ConsumerRecord<byte[], byte[]> indexed(String type, String user) {
        return record(
                EventIndex.from(type, NOW) + EventKey.ordered(user, 1), "acme eve".getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> record(String key, SpecificRecord value) {
        var serde = Recognition.stored((Class<SpecificRecord>) value.getClass());
        return record(key, serde.serializer().serialize("topic", value));
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>("topic", 0, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
