package cloud.gyroscops.standalone.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.Aggregate;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TownTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Town SMALL = new Town(12, 300, 2_000, 7);
    private static final List<JsonNode> COMMANDS =
            SMALL.lines().map(TownTest::json).toList();

    @Test
    void theSameSeedMakesTheSameTown() {
        assertThat(new Town(12, 300, 2_000, 7).lines().toList())
                .isEqualTo(SMALL.lines().toList());
    }

    @Test
    void anotherSeedMakesAnotherTownUnderOtherIds() {
        var ids = COMMANDS.stream().map(id("aggregateId")).collect(Collectors.toSet());

        assertThat(new Town(12, 300, 2_000, 8).lines()).allSatisfy(line -> assertThat(ids)
                .doesNotContain(id("aggregateId").apply(json(line))));
    }

    @Test
    void theDecidersAcceptEveryCommandInTheTownsOrder() {
        var inhabitants = new Inhabitants();

        assertThat(COMMANDS).allSatisfy(inhabitants::handle);
    }

    @Test
    void theDecidersAcceptTheWholeDemo() {
        var inhabitants = new Inhabitants();

        assertThat(Town.DEMO.lines().map(TownTest::json)).allSatisfy(inhabitants::handle);
    }

    @Test
    void holdsAsManyOfEachAsWasAskedFor() {
        var created = count(id("type"));

        assertThat(created)
                .containsEntry("CreateOrganization", 12L)
                .containsEntry("CreateUser", 300L)
                .containsEntry("CreatePayment", 2_000L);
    }

    @Test
    void everyKindOfCommandThatClientsMaySendOccurs() {
        assertThat(count(id("type")).keySet())
                .contains(
                        "RenameOrganization",
                        "VerifyUserEmail",
                        "AssignUserRoles",
                        "RecordUserLogin",
                        "DisableUser",
                        "DeleteUser",
                        "AuthorizePayment",
                        "CapturePayment",
                        "CompletePayment",
                        "RejectCapture",
                        "CancelPayment",
                        "FailPayment",
                        "RefundPayment",
                        "ConfirmRefund",
                        "RejectRefund");
    }

    @Test
    void everyCommandHasAnIdOfItsOwn() {
        assertThat(COMMANDS.stream().map(id("commandId"))).doesNotHaveDuplicates();
    }

    @Test
    void usernamesEmailsAndNamesAreUniqueWhateverTheirCase() {
        for (var field : List.of("username", "email", "name")) {
            assertThat(COMMANDS.stream()
                            .map(command -> command.path("payload").path(field).asText(""))
                            .filter(value -> !value.isEmpty())
                            .map(value -> value.toLowerCase(Locale.ROOT)))
                    .as(field)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void organizationsComeFirstThenUsersThenPayments() {
        var created = COMMANDS.stream()
                .map(id("type"))
                .filter(type -> type.startsWith("Create"))
                .distinct()
                .toList();

        assertThat(created).containsExactly("CreateOrganization", "CreateUser", "CreatePayment");
        assertThat(COMMANDS.stream().map(id("type")).map(type -> Aggregate.thatTakes(type)
                        .orElseThrow()))
                .startsWith(Aggregate.ORGANIZATIONS);
    }

    @Test
    void whatStripeDoesIsLeftToStripe() {
        var stripes = COMMANDS.stream()
                .filter(command ->
                        command.path("payload").path("processor").asText().equals("STRIPE"))
                .map(id("aggregateId"))
                .collect(Collectors.toSet());

        assertThat(stripes).isNotEmpty();
        assertThat(COMMANDS.stream()
                        .filter(command -> stripes.contains(id("aggregateId").apply(command)))
                        .map(id("type"))
                        .distinct())
                .containsExactly("CreatePayment");
    }

    @Test
    void paymentsAreMadeInCurrenciesOfSeveralKinds() {
        assertThat(COMMANDS.stream()
                        .map(command -> command.path("payload").path("currency").asText(""))
                        .collect(Collectors.toSet()))
                .contains("EUR", "JPY", "KWD");
    }

    @Test
    void someCommandsCarryCorrelationIdsActorsAndMetadata() {
        for (var member : List.of("correlationId", "actor", "metadata")) {
            assertThat(COMMANDS.stream().filter(command -> command.has(member)))
                    .as(member)
                    .isNotEmpty()
                    .hasSizeLessThan(COMMANDS.size());
        }
    }

    @Test
    void itsSightsAreWhatTheyAreCalled() {
        var sights = SMALL.sights();
        var perAggregate = new HashMap<>(count(id("aggregateId")));

        assertThat(sights.commands()).isEqualTo(COMMANDS.size());
        assertThat(perAggregate)
                .containsKeys(sights.organizationId(), sights.userId().orElseThrow());
        assertThat(perAggregate.get(sights.paymentId().orElseThrow())).isGreaterThan(5);
        assertThat(COMMANDS).anySatisfy(command -> assertThat(
                        List.of(id("type").apply(command), id("aggregateId").apply(command)))
                .containsExactly("DeleteUser", sights.deletedUserId().orElseThrow()));
    }

    @Test
    void aTownWithoutUsersHasPaymentsWithoutThem() {
        var inhabitants = new Inhabitants();

        assertThat(new Town(1, 0, 50, 3).lines().map(TownTest::json)).allSatisfy(inhabitants::handle);
    }

    @Test
    void aTownNeedsAnOrganization() {
        assertThatThrownBy(() -> new Town(0, 1, 1, 1)).hasMessageContaining("organizations is 0");
    }

    private static Map<String, Long> count(Function<JsonNode, String> by) {
        return COMMANDS.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    private static Function<JsonNode, String> id(String member) {
        return command -> command.path(member).asText();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
