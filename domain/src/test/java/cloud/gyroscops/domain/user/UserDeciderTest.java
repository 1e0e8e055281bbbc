package cloud.gyroscops.domain.user;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.Example;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UserDeciderTest {

    private final DeciderSpecification<UserState> nobody = DeciderSpecification.of(new UserDecider(), "u-1");
    private final DeciderSpecification<UserState> ada = nobody.given(UserExamples.CREATED);
    private final DeciderSpecification<UserState> disabled = ada.given(new UserDisabled());
    private final DeciderSpecification<UserState> deleted = ada.given(new UserDeleted());
    private final DeciderSpecification<UserState> erased = ada.given(new UserErased());

    @ParameterizedTest
    @MethodSource("examples")
    void nothing_but_creation_is_asked_of_a_user_that_does_not_exist(Example example) {
        var outcome = nobody.from(example.origin()).when(example.payload());

        if (example.payload() instanceof CreateUser) {
            outcome.then(UserExamples.CREATED);
        } else {
            outcome.thenRefused(RefusalReason.NOT_FOUND).saying("there is no user u-1");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothing_but_erasure_is_accepted_after_deletion(Example example) {
        var outcome = deleted.from(example.origin()).when(example.payload());

        if (example.payload() instanceof EraseUser) {
            outcome.then(new UserErased());
        } else {
            outcome.thenRefused(RefusalReason.DELETED).saying("user u-1 was deleted");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothing_is_accepted_after_erasure(Example example) {
        erased.from(example.origin())
                .when(example.payload())
                .thenRefused(RefusalReason.DELETED)
                .saying("user u-1 was erased");
    }

    private static List<Example> examples() {
        return UserExamples.COMMANDS;
    }

    @Test
    void an_enabled_user_is_disabled() {
        ada.when(new DisableUser()).then(new UserDisabled()).thenState(state -> assertThat(state.getStatus())
                .isEqualTo(UserStatus.DISABLED));
    }

    @Test
    void a_disabled_user_is_not_disabled_again() {
        disabled.when(new DisableUser())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("disabled already");
    }

    @Test
    void a_disabled_user_is_enabled() {
        disabled.when(new EnableUser()).then(new UserEnabled()).thenState(state -> assertThat(state.getStatus())
                .isEqualTo(UserStatus.ENABLED));
    }

    @Test
    void an_enabled_user_is_not_enabled_again() {
        ada.when(new EnableUser()).thenRefused(RefusalReason.INVALID_STATE).saying("enabled already");
    }

    @Test
    void an_email_is_verified() {
        ada.when(new VerifyUserEmail())
                .then(new UserEmailVerified())
                .thenState(state -> assertThat(state.getEmailVerified()).isTrue());
    }

    @Test
    void an_email_is_not_verified_twice() {
        ada.given(new UserEmailVerified())
                .when(new VerifyUserEmail())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("verified already");
    }

    @Test
    void a_verified_email_is_unverified() {
        ada.given(new UserEmailVerified())
                .when(new UnverifyUserEmail())
                .then(new UserEmailUnverified())
                .thenState(state -> assertThat(state.getEmailVerified()).isFalse());
    }

    @Test
    void an_unverified_email_is_not_unverified_again() {
        ada.when(new UnverifyUserEmail())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("not verified");
    }

    @Test
    void the_email_of_a_disabled_user_is_verified() {
        disabled.when(new VerifyUserEmail()).then(new UserEmailVerified());
    }

    @Test
    void roles_are_replaced() {
        ada.when(new AssignUserRoles(List.of("b", " a ", "b")))
                .then(new UserRolesAssigned(List.of("b", "a")))
                .thenState(state -> assertThat(state.getRoles()).containsExactly("b", "a"));
    }

    @Test
    void all_roles_are_taken_away() {
        ada.when(new AssignUserRoles(List.of())).then(new UserRolesAssigned(List.of()));
    }

    @Test
    void the_present_roles_change_nothing() {
        ada.when(new AssignUserRoles(List.of("admin")))
                .thenRefused(RefusalReason.NOTHING_TO_CHANGE, "roles")
                .saying("the roles are these already");
    }

    @Test
    void a_role_that_is_none_is_not_assigned() {
        ada.when(new AssignUserRoles(List.of("a b"))).thenRefused(RefusalReason.INVALID_FIELD, "roles");
    }

    @Test
    void the_roles_of_a_disabled_user_are_replaced() {
        disabled.when(new AssignUserRoles(List.of("owner"))).then(new UserRolesAssigned(List.of("owner")));
    }

    @Test
    void a_login_without_a_time_is_now() {
        ada.when(new RecordUserLogin())
                .then(new UserLoggedIn(NOON))
                .thenState(state -> assertThat(state.getLastLoginAt()).isEqualTo(NOON));
    }

    @Test
    void a_login_may_be_now_or_before() {
        ada.when(new RecordUserLogin(NOON)).then(new UserLoggedIn(NOON));
    }

    @Test
    void a_login_in_the_future_is_refused() {
        ada.when(new RecordUserLogin(NOON.plusMillis(1)))
                .thenRefused(RefusalReason.INVALID_FIELD, "loggedInAt")
                .saying("in the future; now is " + NOON);
    }

    @Test
    void a_login_reported_late_is_recorded_and_the_latest_stays() {
        ada.given(new UserLoggedIn(NOON.minusSeconds(60)))
                .when(new RecordUserLogin(NOON.minusSeconds(120)))
                .then(new UserLoggedIn(NOON.minusSeconds(120)))
                .thenState(state -> assertThat(state.getLastLoginAt()).isEqualTo(NOON.minusSeconds(60)));
    }

    @Test
    void a_later_login_takes_the_place_of_the_one_before() {
        ada.given(new UserLoggedIn(NOON.minusSeconds(60)))
                .when(new RecordUserLogin())
                .thenState(state -> assertThat(state.getLastLoginAt()).isEqualTo(NOON));
    }

    @Test
    void a_disabled_user_does_not_log_in() {
        disabled.when(new RecordUserLogin())
                .thenRefused(RefusalReason.USER_DISABLED)
                .saying("cannot log in");
    }

    @Test
    void a_user_who_never_logged_in_is_deleted() {
        ada.when(new DeleteUser()).then(new UserDeleted()).thenState(state -> assertThat(state.getStatus())
                .isEqualTo(UserStatus.DELETED));
    }

    @Test
    void a_user_who_logged_in_is_not_deleted_while_enabled() {
        ada.given(new UserLoggedIn(NOON))
                .when(new DeleteUser())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("disable it first");
    }

    @Test
    void a_disabled_user_is_deleted_whether_logged_in_before_or_not() {
        ada.given(new UserLoggedIn(NOON), new UserDisabled())
                .when(new DeleteUser())
                .then(new UserDeleted());
    }

    @Test
    void an_enabled_user_is_erased_even_after_a_login() {
        ada.given(new UserLoggedIn(NOON)).when(new EraseUser()).then(new UserErased());
    }

    @Test
    void a_disabled_user_is_erased() {
        disabled.when(new EraseUser()).then(new UserErased());
    }

    @Test
    void nothing_is_left_of_an_erased_user_but_that() {
        deleted.when(new EraseUser()).thenState(state -> assertThat(state)
                .isEqualTo(new UserState(UserStatus.ERASED, false, "", "", "", "", "", List.of(), null)));
    }

    @Test
    void an_erased_user_claims_nothing() {
        ada.when(new EraseUser())
                .thenState(state -> assertThat(UserRules.claims(state)).isEmpty());
    }
}
