package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRequestTest {

    @Test
    void everyMemberIsTakenOver() {
        var request = CommandRequest.parse("""
                {"type": "RenameOrganization", "aggregateId": "o-1", "commandId": "c-1", "expectedVersion": 3,
                 "actor": "ann", "correlationId": "corr", "metadata": {"k": "v"}, "payload": {"name": "Acme"}}""", null);

        assertThat(request.aggregate()).isEqualTo(Aggregate.ORGANIZATIONS);
        assertThat(request.message().header())
                .isEqualTo(new CommandHeader("c-1", "o-1", 3L, "ann", Origin.CLIENT, "corr", Map.of("k", "v")));
        assertThat(request.message().payload()).isEqualTo(new RenameOrganization("Acme"));
    }

    @Test
    void whatIsLeftOutGetsItsDefault() {
        var header = parse("{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\"}")
                .message()
                .header();

        assertThat(UUID.fromString(header.getCommandId())).isNotNull();
        assertThat(header)
                .isEqualTo(new CommandHeader(
                        header.getCommandId(), "o-1", null, "anonymous", Origin.CLIENT, null, Map.of()));
    }

    @Test
    void membersThatAreNullCountAsLeftOut() {
        var header = parse("{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\", \"commandId\": null,"
                        + " \"expectedVersion\": null, \"actor\": null, \"correlationId\": null, \"metadata\": null}")
                .message()
                .header();

        assertThat(header)
                .isEqualTo(new CommandHeader(
                        header.getCommandId(), "o-1", null, "anonymous", Origin.CLIENT, null, Map.of()));
    }

    @Test
    void aCommandWithoutFieldsNeedsNoPayload() {
        assertThat(parse("{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\"}")
                        .message()
                        .payload())
                .isEqualTo(new ReactivateOrganization());
    }

    @Test
    void theIdempotencyKeyIsTheCommandId() {
        var request = CommandRequest.parse("{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\"}", "key-1");

        assertThat(request.message().header().getCommandId()).isEqualTo("key-1");
    }

    @Test
    void theIdempotencyKeyMayRepeatTheCommandId() {
        var request = CommandRequest.parse(
                "{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\", \"commandId\": \"c-1\"}", "c-1");

        assertThat(request.message().header().getCommandId()).isEqualTo("c-1");
    }

    @Test
    void anIdempotencyKeyThatIsAnotherCommandIdIsRefused() {
        assertThatThrownBy(() -> CommandRequest.parse(
                        "{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\", \"commandId\": \"c-1\"}",
                        "c-2"))
                .isInstanceOf(Problem.class)
                .hasMessage("commandId \"c-1\" and Idempotency-Key \"c-2\" differ; give one, or twice the same");
    }

    @Test
    void anIdempotencyKeyMustBeAnId() {
        assertThatThrownBy(() ->
                        CommandRequest.parse("{\"type\": \"ReactivateOrganization\", \"aggregateId\": \"o-1\"}", "a b"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("commandId \"a b\" is no id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"type\": \"A\", \"type\": \"B\"}", "[1, 2", "NaN", "{'type': 1}"})
    void whatIsNoJsonIsRefusedAsAWhole(String body) {
        assertThatThrownBy(() -> parse(body)).asInstanceOf(type(Problem.class)).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.json().has("field")).isFalse();
            assertThat(problem).hasMessageContaining("JSON");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[]", "\"text\""})
    void whatIsNoObjectIsRefusedAsAWhole(String body) {
        assertThatThrownBy(() -> parse(body)).asInstanceOf(type(Problem.class)).satisfies(problem -> {
            assertThat(problem.json().has("field")).isFalse();
            assertThat(problem).hasMessage("the body must be a JSON object with type, aggregateId and payload");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | type | type is missing; it names the command, like CreateUser",
                "\"type\": null | type | type is missing",
                "\"type\": 7 | type | type is 7; it must be a string",
                "\"type\": \"MakeUser\" | type | type \"MakeUser\" is no command; one is CreateUser",
                "\"type\": \"DeleteUser\" | aggregateId | aggregateId is missing",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"\" | aggregateId | aggregateId \"\" is no id",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"a/b\" | aggregateId | aggregateId \"a/b\" is no id",
                "\"type\": \"DeleteUser\", \"aggregateId\": 5 | aggregateId | aggregateId is 5; it must be a string",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"commandId\": \"ä\" | commandId | is no id",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"actor\": {} | actor | must be a string",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"correlationId\": [] | correlationId | a string",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"expectedVersion\": -1 | expectedVersion | is -1",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"expectedVersion\": 1.5 | expectedVersion | 1.5",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"expectedVersion\": \"1\" | expectedVersion | \"1\"",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"metadata\": [] | metadata | an object of strings",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"metadata\": {\"k\": 5} | metadata.k | a string",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"metadata\": {\"k\": null} | metadata.k | a string",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"payload\": null | payload | an object",
                "\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"payload\": {\"why\": 1} | payload.why | unknown",
                "\"type\": \"AssignUserRoles\", \"aggregateId\": \"u\" | payload.roles | is missing"
            })
    void aMemberThatIsWrongIsNamed(String members, String field, String message) {
        assertThatThrownBy(() -> parse("{" + members + "}"))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.json().path("field").textValue()).isEqualTo(field);
                    assertThat(problem).hasMessageContaining(message);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "id", "Type"})
    void aMemberThatIsUnknownIsNamedAndSoAreThoseThatExist(String member) {
        assertThatThrownBy(() -> parse("{\"" + member + "\": \"STRIPE\"}"))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> {
                    assertThat(problem.json().path("field").textValue()).isEqualTo(member);
                    assertThat(problem)
                            .hasMessage(member + " is unknown; a command has actor, aggregateId, commandId,"
                                    + " correlationId, expectedVersion, metadata, payload, type");
                });
    }

    private static CommandRequest parse(String body) {
        return CommandRequest.parse(body, null);
    }
}
