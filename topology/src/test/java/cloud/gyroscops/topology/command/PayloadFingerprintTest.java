package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.ContractClasses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadFingerprintTest {

    /** As generated classes have it. */
    private static final String TEXT = "{\"type\": \"string\", \"avro.java.string\": \"String\"}";

    private final PayloadFingerprint fingerprints = new PayloadFingerprint();

    @BeforeAll
    static void trust() {
        ContractClasses.trust();
    }

    @Test
    void equalPayloadsHaveTheSameFingerprint() {
        assertThat(of(payment())).isEqualTo(of(payment()));
    }

    @Test
    void theOrderOfMapsDoesNotMatter() {
        var one = payment();
        var entries = new LinkedHashMap<String, String>();
        entries.put("b", "2");
        entries.put("a", "1");
        one.setMetadata(entries);
        var other = payment();
        var sorted = new LinkedHashMap<String, String>();
        sorted.put("a", "1");
        sorted.put("b", "2");
        other.setMetadata(sorted);

        assertThat(of(one)).isEqualTo(of(other));
    }

    @Test
    void aFieldThatIsAddedWithItsDefaultDoesNotMatter() {
        var payload = new CreateOrganization("Acme");

        assertThat(of(new Extended(payload, TEXT, "\"\"", ""))).isEqualTo(of(payload));
        assertThat(of(new Extended(payload, "[\"null\", \"string\"]", "null", null)))
                .isEqualTo(of(payload));
        assertThat(of(new Extended(payload, "{\"type\": \"map\", \"values\": \"string\"}", "{}", Map.of())))
                .isEqualTo(of(payload));
        assertThat(of(new Extended(payload, "{\"type\": \"array\", \"items\": \"long\"}", "[]", List.of())))
                .isEqualTo(of(payload));
        assertThat(of(new Extended(payload, "\"long\"", "7", 7L))).isEqualTo(of(payload));
    }

    @Test
    void aFieldThatIsAddedWithAnotherValueMatters() {
        var payload = new CreateOrganization("Acme");

        assertThat(of(new Extended(payload, TEXT, "\"\"", "Acme Inc."))).isNotEqualTo(of(payload));
        assertThat(of(new Extended(payload, "\"long\"", "7", 8L))).isNotEqualTo(of(payload));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyOtherValueOfAFieldMatters(Consumer<CreatePayment> change) {
        var changed = payment();
        change.accept(changed);

        assertThat(of(changed)).isNotEqualTo(of(payment()));
    }

    static Stream<Consumer<CreatePayment>> changes() {
        return Stream.of(
                payment -> payment.setOrganizationId("o-2"),
                payment -> payment.setUserId(null),
                payment -> payment.setUserId("u-2"),
                payment -> payment.setAmount(1001L),
                payment -> payment.setCurrency("USD"),
                payment -> payment.setDescription(""),
                payment -> payment.setMetadata(Map.of()),
                payment -> payment.setMetadata(Map.of("k", "other")),
                payment -> payment.setMetadata(Map.of("other", "v")),
                payment -> payment.setMetadata(Map.of("k", "v", "l", "w")),
                payment -> payment.setCaptureMethod(CaptureMethod.AUTOMATIC),
                payment -> payment.setProcessor(Processor.STRIPE));
    }

    @Test
    void anotherTypeWithTheSameFieldsMatters() {
        assertThat(of(new CreateOrganization("Acme"))).isNotEqualTo(of(new RenameOrganization("Acme")));
    }

    @Test
    void theSameTextInAnotherFieldMatters() {
        assertThat(of(new UpdateUser("ada", null, null, null)))
                .isNotEqualTo(of(new UpdateUser(null, null, "ada", null)));
    }

    @Test
    void theOrderOfListsMatters() {
        assertThat(of(new AssignUserRoles(List.of("a", "b")))).isNotEqualTo(of(new AssignUserRoles(List.of("b", "a"))));
    }

    @Test
    void whereOneTextEndsAndTheNextBeginsMatters() {
        assertThat(of(new AssignUserRoles(List.of("ab", "c"))))
                .isNotEqualTo(of(new AssignUserRoles(List.of("a", "bc"))));
    }

    @Test
    void timesMatter() {
        assertThat(of(new RecordUserLogin(Instant.ofEpochMilli(1))))
                .isNotEqualTo(of(new RecordUserLogin(Instant.ofEpochMilli(2))))
                .isNotEqualTo(of(new RecordUserLogin(null)));
    }

    private Fingerprint of(SpecificRecord payload) {
        return fingerprints.of(payload);
    }

    private static CreatePayment payment() {
        return new CreatePayment(
                "o-1", "u-1", 1000L, "EUR", "shoes", Map.of("k", "v"), CaptureMethod.MANUAL, Processor.NONE);
    }

    /** A payload as a later release may know it: with one field more. */
    private static final class Extended implements SpecificRecord {

        private final SpecificRecord payload;
        private final Schema schema;
        private final Object added;

        Extended(SpecificRecord payload, String type, String fallback, Object added) {
            this.payload = payload;
            this.added = added;
            var own = payload.getSchema();
            var extra = new Schema.Parser()
                    .parse("{\"type\":\"record\",\"name\":\"Extra\",\"fields\":[{\"name\":\"added\",\"type\":" + type
                            + ",\"default\":" + fallback + "}]}");
            var fields = new ArrayList<Schema.Field>();
            own.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
            fields.add(new Schema.Field(
                    extra.getField("added"), extra.getField("added").schema()));
            schema = Schema.createRecord(own.getName(), null, own.getNamespace(), false, fields);
        }

        @Override
        public Schema getSchema() {
            return schema;
        }

        @Override
        public Object get(int field) {
            return field < payload.getSchema().getFields().size() ? payload.get(field) : added;
        }

        @Override
        public void put(int field, Object value) {
            throw new UnsupportedOperationException("only read");
        }
    }
}
