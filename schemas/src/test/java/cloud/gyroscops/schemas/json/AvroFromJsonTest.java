package cloud.gyroscops.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.Reminder;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserState;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFromJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyFieldGetsItsValue() {
        var payment = (CreatePayment) read(CreatePayment.getClassSchema(), """
                {"organizationId": "o-1", "userId": "u-1", "amount": 9007199254740993, "currency": "EUR",
                 "description": "tea", "metadata": {"shop": "7"}, "captureMethod": "MANUAL", "processor": "NONE"}""");

        assertThat(payment)
                .isEqualTo(new CreatePayment(
                        "o-1",
                        "u-1",
                        9_007_199_254_740_993L,
                        "EUR",
                        "tea",
                        Map.of("shop", "7"),
                        CaptureMethod.MANUAL,
                        Processor.NONE));
    }

    @Test
    void aFieldThatIsMissingGetsItsDefault() {
        var payment = (CreatePayment) read(
                CreatePayment.getClassSchema(), "{\"organizationId\": \"o-1\", \"amount\": 1, \"currency\": \"EUR\"}");

        assertThat(payment)
                .isEqualTo(new CreatePayment(
                        "o-1", null, 1L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.STRIPE));
    }

    @Test
    void defaultsAreNotSharedBetweenRecords() {
        var json = "{\"organizationId\": \"o-1\", \"amount\": 1, \"currency\": \"EUR\"}";
        ((CreatePayment) read(CreatePayment.getClassSchema(), json))
                .getMetadata()
                .put("k", "v");

        assertThat(((CreatePayment) read(CreatePayment.getClassSchema(), json)).getMetadata())
                .isEmpty();
    }

    @Test
    void nullIsAValueWhereTheContractAllowsIt() {
        var update = (UpdateUser) read(UpdateUser.getClassSchema(), "{\"email\": null, \"firstName\": \"Ann\"}");

        assertThat(update).isEqualTo(new UpdateUser(null, null, "Ann", null));
    }

    @Test
    void arraysKeepTheirOrder() {
        var roles = (AssignUserRoles) read(AssignUserRoles.getClassSchema(), "{\"roles\": [\"b\", \"a\"]}");

        assertThat(roles.getRoles()).isEqualTo(List.of("b", "a"));
    }

    @Test
    void booleansAndInstantsAreRead() {
        var state = (UserState) read(
                UserState.getClassSchema(), "{\"emailVerified\": true, \"lastLoginAt\": \"2026-01-31T12:00:00.123Z\"}");

        assertThat(state.getEmailVerified()).isTrue();
        assertThat(state.getLastLoginAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123Z"));
    }

    @Test
    void instantsAreCutToMilliseconds() {
        var login = (RecordUserLogin)
                read(RecordUserLogin.getClassSchema(), "{\"loggedInAt\": \"2026-01-31T12:00:00.123456Z\"}");

        assertThat(login.getLoggedInAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123Z"));
    }

    @Test
    void recordsWithinRecordsAreRead() {
        var json = """
                {"commandId": "c", "aggregateType": "USER", "aggregateId": "u", "status": "REJECTED", "version": 0,
                 "refusal": {"reason": "NOT_FOUND", "message": "no"}, "decidedAt": "2026-01-31T12:00:00Z",
                 "correlationId": "c"}""";

        assertThat(((CommandResult) read(CommandResult.getClassSchema(), json)).getRefusal())
                .isEqualTo(new Refusal(RefusalReason.NOT_FOUND, "no", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organizationId | 7 | a string",
                "organizationId | null | a string",
                "userId | {} | a string",
                "amount | \"7\" | a whole number",
                "amount | 7.5 | a whole number",
                "amount | 9223372036854775808 | a whole number",
                "amount | null | a whole number",
                "metadata | [] | an object",
                "metadata | null | an object",
                "captureMethod | \"LATER\" | one of AUTOMATIC, MANUAL",
                "captureMethod | \"UNKNOWN\" | one of AUTOMATIC, MANUAL",
                "captureMethod | 1 | one of AUTOMATIC, MANUAL"
            })
    void aWrongValueOfAPaymentIsNamedWithItsFieldAndWhatWouldBeRight(String field, String value, String wanted) {
        var json = (ObjectNode) json("{\"organizationId\": \"o-1\", \"amount\": 1, \"currency\": \"EUR\"}");
        json.set(field, json(value));

        assertRefused(CreatePayment.getClassSchema(), json, field, value, wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emailVerified | \"true\" | true or false",
                "emailVerified | 1 | true or false",
                "roles | \"admin\" | an array",
                "lastLoginAt | \"yesterday\" | an instant like 2026-01-31T12:00:00Z",
                "lastLoginAt | 1700000000000 | an instant like 2026-01-31T12:00:00Z",
                "lastLoginAt | \"+1000000000-01-01T00:00:00Z\" | an instant like 2026-01-31T12:00:00Z"
            })
    void aWrongValueOfAUserIsNamedWithItsFieldAndWhatWouldBeRight(String field, String value, String wanted) {
        var json = (ObjectNode) json("{}");
        json.set(field, json(value));

        assertRefused(UserState.getClassSchema(), json, field, value, wanted);
    }

    @Test
    void aWrongValueInAnArrayIsNamedWithItsPlace() {
        assertRefused(AssignUserRoles.getClassSchema(), json("{\"roles\": [\"a\", 5]}"), "roles[1]", "5", "a string");
    }

    @Test
    void aWrongValueInAMapIsNamedWithItsKey() {
        var json = (ObjectNode) json("{\"organizationId\": \"o-1\", \"amount\": 1, \"currency\": \"EUR\"}");
        json.putObject("metadata").put("k", 5);

        assertRefused(CreatePayment.getClassSchema(), json, "metadata.k", "5", "a string");
    }

    @Test
    void anIntIsRead() {
        assertThat(read(Reminder.SCHEMA$, "{\"times\": -3, \"weight\": null}").get(0))
                .isEqualTo(-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "1.5", "\"1\""})
    void anIntMustBeWholeAndFit(String value) {
        assertRefused(Reminder.SCHEMA$, json("{\"times\": " + value + "}"), "times", value, "a whole number");
    }

    @Test
    void aTypeThatNoContractHasIsABug() {
        assertThatThrownBy(() -> read(Reminder.SCHEMA$, "{\"times\": 1, \"weight\": 1.5}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("payload.weight")
                .hasMessageContaining("DOUBLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "7"})
    void aRecordMustBeAnObject(String json) {
        assertThatThrownBy(() -> read(UpdateUser.getClassSchema(), json))
                .isInstanceOfSatisfying(
                        JsonFieldException.class, e -> assertThat(e.field()).isEqualTo("payload"))
                .hasMessage("payload is " + json + "; it must be an object");
    }

    @Test
    void aFieldThatIsMissingWithoutDefaultIsNamed() {
        assertThatThrownBy(() -> read(AssignUserRoles.getClassSchema(), "{}"))
                .isInstanceOfSatisfying(
                        JsonFieldException.class, e -> assertThat(e.field()).isEqualTo("payload.roles"))
                .hasMessage("payload.roles is missing");
    }

    @Test
    void anUnknownFieldIsNamedAndSoAreThoseThatExist() {
        assertThatThrownBy(() -> read(UpdateUser.getClassSchema(), "{\"mail\": \"a@b.c\"}"))
                .isInstanceOfSatisfying(
                        JsonFieldException.class, e -> assertThat(e.field()).isEqualTo("payload.mail"))
                .hasMessage("payload.mail is unknown; UpdateUser has [username, email, firstName, lastName]");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertThatThrownBy(() -> read(AssignUserRoles.getClassSchema(), "{\"roles\": \"" + "x".repeat(500) + "\"}"))
                .hasMessageContaining("x…; it must be an array")
                .message()
                .hasSizeLessThan(120);
    }

    private static SpecificRecord read(Schema schema, String json) {
        return AvroFromJson.record(schema, json(json), "payload");
    }

    private static void assertRefused(Schema schema, JsonNode json, String field, String value, String wanted) {
        assertThatThrownBy(() -> AvroFromJson.record(schema, json, "payload"))
                .isInstanceOfSatisfying(
                        JsonFieldException.class, e -> assertThat(e.field()).isEqualTo("payload." + field))
                .hasMessage("payload." + field + " is " + value + "; it must be " + wanted);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
