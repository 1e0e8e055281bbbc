package cloud.gyroscops.topology.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.topology.command.AggregateModel;
import cloud.gyroscops.topology.command.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What a user's events, results and commands make of it again. */
final class AggregateFoldTest {

    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Fingerprint SOME = new Fingerprint("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final Fingerprint OTHER = new Fingerprint("fedcba9876543210".getBytes(StandardCharsets.UTF_8));
    private static final UserCreated CREATED =
            new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "acme", List.of());

    private final AggregateFold<UserState> fold = new AggregateFold<>(users());

    @Test
    void theStateTheVersionAndTheTimeAreThoseOfTheLastEvent() {
        add(1, "create", CREATED);

        add(2, "verify", new UserEmailVerified());

        assertThat(fold.state().getEmailVerified()).isTrue();
        assertThat(fold.version()).isEqualTo(2);
        assertThat(fold.occurredAt()).isEqualTo(DAY.plusSeconds(2));
    }

    @Test
    void aClaimIsHeldForTheCommandThatSetTheValueSinceItsEvent() {
        add(1, "create", CREATED);
        add(2, "disable", new UserDisabled());

        add(3, "move", new UserUpdated(null, "ada@home.test", null, null));

        assertThat(fold.claims())
                .containsExactlyInAnyOrder(
                        new HeldClaim(new Claim(ClaimKind.USERNAME, "ada"), "create"),
                        new HeldClaim(new Claim(ClaimKind.EMAIL, "ada@home.test"), "move"));
        assertThat(fold.held().get(new Claim(ClaimKind.EMAIL, "ada@home.test")).since())
                .isEqualTo(recorded(3));
    }

    @Test
    void aClaimThatWasGivenUpAndTakenAgainIsHeldForTheLaterCommand() {
        add(1, "create", CREATED);
        add(2, "move", new UserUpdated(null, "ada@home.test", null, null));

        add(3, "back", new UserUpdated(null, "ada@acme.test", null, null));

        assertThat(fold.claims()).contains(new HeldClaim(new Claim(ClaimKind.EMAIL, "ada@acme.test"), "back"));
    }

    @Test
    void aDeletedUserHoldsNothing() {
        add(1, "create", CREATED);

        add(2, "delete", new UserDeleted());

        assertThat(fold.claims()).isEmpty();
    }

    @Test
    void ofAnErasedUserOnlyTheLastEventIsThere() {
        add(7, "erase", new UserErased());

        assertThat(fold.state().getStatus()).isEqualTo(UserStatus.ERASED);
        assertThat(fold.version()).isEqualTo(7);
        assertThat(RecentCommands.of(fold, List.of(refused("earlier", 5, 1)), List.of(), 64))
                .extracting(HandledCommand::getCommandId)
                .containsExactly("erase");
    }

    @Test
    void missingEventsAreNotPassedOver() {
        add(1, "create", CREATED);

        assertThatThrownBy(() -> add(3, "verify", new UserEmailVerified()))
                .hasMessageContaining("users/u-1@3 comes after version 1");
    }

    @Test
    void recentCommandsAreOrderedAsTheyWereHandled() {
        add(1, "create", CREATED);
        add(2, "verify", new UserEmailVerified());

        var recent = RecentCommands.of(
                fold, List.of(refused("b", 1, 5), refused("a", 1, 3), refused("first", 0, 0)), List.of(), 64);

        assertThat(recent)
                .extracting(HandledCommand::getCommandId)
                .containsExactly("first", "create", "a", "b", "verify");
    }

    @Test
    void onlyTheLatestAreKept() {
        add(1, "create", CREATED);
        add(2, "verify", new UserEmailVerified());

        assertThat(RecentCommands.of(fold, List.of(refused("a", 2, 9)), List.of(), 2))
                .extracting(HandledCommand::getCommandId)
                .containsExactly("verify", "a");
    }

    @Test
    void aCommandThatMadeTwoEventsIsRememberedOnce() {
        add(1, "create", CREATED);

        add(2, "create", new UserEmailVerified());

        assertThat(RecentCommands.of(fold, List.of(), List.of(), 64))
                .singleElement()
                .satisfies(handled -> {
                    assertThat(handled.getVersion()).isEqualTo(2);
                    assertThat(handled.getEvents()).isEqualTo(2);
                });
    }

    @Test
    void payloadAndOriginAreThoseOfTheRecordThatWasAnswered() {
        add(1, "create", CREATED);
        var sent = List.of(sent(10, "create", Origin.CLIENT, SOME), sent(11, "refused", Origin.KEYCLOAK, OTHER));

        var recent = RecentCommands.of(fold, List.of(refusedAt(11, "refused", 1)), sent, 64);

        assertThat(recent).extracting(HandledCommand::getPayload).containsExactly(SOME, OTHER);
        assertThat(recent).extracting(HandledCommand::getOrigin).containsExactly(Origin.CLIENT, Origin.KEYCLOAK);
    }

    @Test
    void whereTheRecordIsGoneAnyPayloadMatches() {
        add(1, "create", CREATED);

        assertThat(RecentCommands.of(fold, List.of(), List.of(), 64))
                .extracting(HandledCommand::getPayload)
                .containsExactly(new Fingerprint(new byte[16]));
    }

    @Test
    void aReusedIdIsNotRememberedNorItsPayload() {
        add(1, "create", CREATED);
        var reused = new Answered(
                result("create", 1, 7, new Refusal(RefusalReason.COMMAND_ID_REUSED, "used", "commandId")),
                new Source("users.commands", 0, 11));

        var recent = RecentCommands.of(fold, List.of(reused), List.of(sent(11, "create", Origin.CLIENT, OTHER)), 64);

        assertThat(recent).singleElement().satisfies(handled -> {
            assertThat(handled.getRefusal()).isNull();
            assertThat(handled.getPayload()).isEqualTo(new Fingerprint(new byte[16]));
        });
    }

    @Test
    void theSameRefusalAnsweredAgainIsRememberedOnce() {
        add(1, "create", CREATED);

        var recent = RecentCommands.of(
                fold,
                List.of(refusedAt(11, "no", 1), refusedAt(12, "no", 1)),
                List.of(sent(11, "no", Origin.CLIENT, SOME), sent(12, "no", Origin.CLIENT, SOME)),
                64);

        assertThat(recent).extracting(HandledCommand::getCommandId).containsExactly("create", "no");
    }

    private void add(long version, String commandId, SpecificRecord payload) {
        var header = new EventHeader(
                "users/u-1@" + version,
                Aggregate.USERS.type(),
                "u-1",
                version,
                "acme",
                DAY.plusSeconds(version),
                "ada",
                Origin.CLIENT,
                commandId,
                commandId,
                Map.of());
        fold.add(new EventMessage(header, payload), recorded(version));
    }

    private static Instant recorded(long version) {
        return DAY.plus(Duration.ofHours(version));
    }

    private static Answered refused(String commandId, long version, int second) {
        return new Answered(
                result(commandId, version, second, new Refusal(RefusalReason.INVALID_STATE, "no", null)), null);
    }

    private static Answered refusedAt(long offset, String commandId, long version) {
        return new Answered(
                result(commandId, version, 7, new Refusal(RefusalReason.INVALID_STATE, "no", null)),
                new Source("users.commands", 0, offset));
    }

    private static CommandResult result(String commandId, long version, int second, Refusal refusal) {
        return new CommandResult(
                commandId,
                Aggregate.USERS.type(),
                "u-1",
                ResultStatus.REJECTED,
                version,
                List.of(),
                refusal,
                DAY.plusSeconds(second),
                commandId);
    }

    private static Sent sent(long offset, String commandId, Origin origin, Fingerprint payload) {
        return new Sent(offset, new Source("users.commands", 0, offset), 0, commandId, origin, payload, true, null);
    }

    @SuppressWarnings("unchecked")
    private static AggregateModel<UserState> users() {
        return (AggregateModel<UserState>) AggregateModel.all(Duration.ofDays(1), SchemaHistory.load()).stream()
                .filter(model -> model.aggregate() == Aggregate.USERS)
                .findFirst()
                .orElseThrow();
    }
}
