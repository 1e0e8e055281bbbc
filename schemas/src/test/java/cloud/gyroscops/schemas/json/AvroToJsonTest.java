package cloud.gyroscops.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.Reminder;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroToJsonTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.120Z");

    @Test
    void everyTypeBecomesPlainJson() throws Exception {
        var state = new UserState(
                UserStatus.ENABLED, true, "ann", "ann@example.org", "Ann", "Lee", "o-1", List.of("a", "b"), NOON);

        assertThat(AvroToJson.record(state)).isEqualTo(new ObjectMapper().readTree("""
                {"status": "ENABLED", "emailVerified": true, "username": "ann", "email": "ann@example.org",
                 "firstName": "Ann", "lastName": "Lee", "organizationId": "o-1", "roles": ["a", "b"],
                 "lastLoginAt": "2026-01-31T12:00:00.120Z"}"""));
    }

    @Test
    void numbersAndMapsBecomePlainJson() {
        var json = AvroToJson.record(payment());

        assertThat(json.get("amount").longValue()).isEqualTo(9_007_199_254_740_993L);
        assertThat(json.get("metadata").get("shop").textValue()).isEqualTo("7");
    }

    @Test
    void anIntBecomesANumber() {
        var reminder = new Reminder();
        reminder.put(0, 3);

        assertThat(AvroToJson.record(reminder)).hasToString("{\"times\":3}");
    }

    @Test
    void fieldsThatAreNullAreLeftOut() {
        assertThat(AvroToJson.record(new UserUpdated(null, null, "Ann", null))).hasToString("{\"firstName\":\"Ann\"}");
    }

    @Test
    void whatItWritesIsReadBackEqual() {
        var read = AvroFromJson.record(CreatePayment.getClassSchema(), AvroToJson.record(payment()), "payload");

        assertThat(read).isEqualTo(payment());
    }

    @Test
    void anEventHasItsKeyItsTypeItsHeadAndItsPayload() throws Exception {
        var header = new EventHeader(
                "users/u-1@7",
                AggregateType.USER,
                "u-1",
                7L,
                "o-1",
                NOON,
                "boss",
                Origin.CLIENT,
                "corr",
                "c-1",
                Map.of("k", "v"));

        var json = AvroToJson.event(new EventMessage(header, new UserUpdated(null, null, "Ann", null)));

        // Read again, since a long in a tree does not equal an int.
        assertThat(new ObjectMapper().readTree(json.toString())).isEqualTo(new ObjectMapper().readTree("""
                {"key": "u-1@7", "type": "UserUpdated", "eventId": "users/u-1@7", "aggregateType": "USER",
                 "aggregateId": "u-1", "version": 7, "organizationId": "o-1", "occurredAt": "2026-01-31T12:00:00.120Z",
                 "actor": "boss", "origin": "CLIENT", "correlationId": "corr", "causationId": "c-1",
                 "metadata": {"k": "v"}, "payload": {"firstName": "Ann"}}"""));
    }

    @Test
    void anAcceptedResultCarriesTheToken() {
        var json = AvroToJson.result(new CommandResult(
                "c-1", AggregateType.USER, "u-1", ResultStatus.ACCEPTED, 7L, List.of("u-1@7"), null, NOON, "corr"));

        assertThat(json.get("token").textValue()).isEqualTo("users/u-1@7");
        assertThat(json.get("eventKeys")).hasToString("[\"u-1@7\"]");
    }

    @Test
    void aRejectedResultCarriesTheRefusalAndNoToken() {
        var refusal = new Refusal(RefusalReason.EMAIL_TAKEN, "taken", "email");
        var json = AvroToJson.result(new CommandResult(
                "c-1", AggregateType.USER, "u-1", ResultStatus.REJECTED, 0L, List.of(), refusal, NOON, "corr"));

        assertThat(json.has("token")).isFalse();
        assertThat(json.get("refusal"))
                .hasToString("{\"reason\":\"EMAIL_TAKEN\",\"message\":\"taken\",\"field\":\"email\"}");
    }

    private static CreatePayment payment() {
        return new CreatePayment(
                "o-1",
                null,
                9_007_199_254_740_993L,
                "EUR",
                "tea",
                Map.of("shop", "7"),
                CaptureMethod.MANUAL,
                Processor.NONE);
    }
}
