package cloud.gyroscops.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.domain.DeciderSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UserUpdateTest {

    private final DeciderSpecification<UserState> unverified =
            DeciderSpecification.of(new UserDecider(), "u-1").given(UserExamples.CREATED);
    private final DeciderSpecification<UserState> verified = unverified.given(new UserEmailVerified());

    @Test
    void a_verified_user_changes_everything_at_once_and_is_unverified() {
        verified.when(new UpdateUser("countess", "countess@acme.test", "Augusta", "King"))
                .then(new UserUpdated("countess", "countess@acme.test", "Augusta", "King"), new UserEmailUnverified())
                .thenState(state -> {
                    assertThat(state.getUsername()).isEqualTo("countess");
                    assertThat(state.getEmail()).isEqualTo("countess@acme.test");
                    assertThat(state.getFirstName()).isEqualTo("Augusta");
                    assertThat(state.getLastName()).isEqualTo("King");
                    assertThat(state.getEmailVerified()).isFalse();
                });
    }

    @ParameterizedTest
    @MethodSource("singleChanges")
    void one_field_changes_and_the_others_stay(UpdateUser update, UserUpdated expected) {
        verified.when(update).then(expected).thenState(state -> assertThat(state.getEmailVerified())
                .isTrue());
    }

    private static Object[][] singleChanges() {
        return new Object[][] {
            {new UpdateUser("countess", null, null, null), new UserUpdated("countess", null, null, null)},
            {new UpdateUser(null, null, "Augusta", null), new UserUpdated(null, null, "Augusta", null)},
            {new UpdateUser(null, null, null, "King"), new UserUpdated(null, null, null, "King")}
        };
    }

    @Test
    void what_does_not_change_is_not_in_the_event() {
        verified.when(new UpdateUser(" Ada ", "ADA@acme.test", "Ada", "King"))
                .then(new UserUpdated(null, null, null, "King"));
    }

    @ParameterizedTest
    @MethodSource("updatesThatChangeNothing")
    void an_update_that_changes_nothing_is_refused(UpdateUser update) {
        verified.when(update).thenRefused(RefusalReason.NOTHING_TO_CHANGE).saying("username, email");
    }

    private static UpdateUser[] updatesThatChangeNothing() {
        return new UpdateUser[] {
            new UpdateUser(null, null, null, null), new UpdateUser("ada", "ada@acme.test", "Ada", "Lovelace")
        };
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void a_wrong_field_is_refused(UpdateUser update, String field) {
        verified.when(update).thenRefused(RefusalReason.INVALID_FIELD, field);
    }

    private static Object[][] wrongFields() {
        return new Object[][] {
            {new UpdateUser("a", null, null, null), "username"},
            {new UpdateUser(null, "a", null, null), "email"},
            {new UpdateUser(null, null, "", null), "firstName"},
            {new UpdateUser(null, null, null, "<a>"), "lastName"}
        };
    }

    @Test
    void an_unverified_user_may_change_the_email() {
        unverified
                .when(new UpdateUser(null, "countess@acme.test", null, null))
                .then(new UserUpdated(null, "countess@acme.test", null, null))
                .thenState(state -> assertThat(state.getEmailVerified()).isFalse());
    }

    @Test
    void an_unverified_user_may_repeat_the_other_fields_while_changing_the_email() {
        unverified
                .when(new UpdateUser("ada", "countess@acme.test", "Ada", "Lovelace"))
                .then(new UserUpdated(null, "countess@acme.test", null, null));
    }

    @ParameterizedTest
    @MethodSource("changesOfMoreThanTheEmail")
    void an_unverified_user_may_not_change_anything_else(UpdateUser update) {
        unverified.when(update).thenRefused(RefusalReason.USER_NOT_VERIFIED).saying("only the email may be changed");
    }

    private static UpdateUser[] changesOfMoreThanTheEmail() {
        return new UpdateUser[] {
            new UpdateUser("countess", null, null, null),
            new UpdateUser(null, null, "Augusta", null),
            new UpdateUser(null, null, null, "King"),
            new UpdateUser("countess", "countess@acme.test", null, null)
        };
    }

    @Test
    void the_present_email_in_another_case_stays_verified() {
        verified.when(new UpdateUser(null, "ADA@ACME.TEST", null, "King"))
                .thenState(state -> assertThat(state.getEmailVerified()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("updatesOfADisabledUser")
    void a_disabled_user_is_not_updated(UpdateUser update) {
        verified.given(new UserDisabled())
                .when(update)
                .thenRefused(RefusalReason.USER_DISABLED)
                .saying("enable it first");
    }

    private static UpdateUser[] updatesOfADisabledUser() {
        return new UpdateUser[] {
            new UpdateUser(null, "countess@acme.test", null, null),
            new UpdateUser(null, null, null, "King"),
            new UpdateUser(null, null, null, null)
        };
    }
}
