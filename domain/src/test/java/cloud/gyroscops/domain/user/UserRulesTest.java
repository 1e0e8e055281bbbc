package cloud.gyroscops.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What views ask, beside what the decider's own tests show. */
final class UserRulesTest {

    @Test
    void a_verified_enabled_user_may_be_edited() {
        var user = user(UserStatus.ENABLED, true);

        assertThat(UserRules.canEdit(user)).isTrue();
    }

    @Test
    void of_an_unverified_user_only_the_email_may_be_edited() {
        var user = user(UserStatus.ENABLED, false);

        assertThat(UserRules.canEdit(user)).isFalse();
        assertThat(UserRules.canEditEmail(user)).isTrue();
    }

    @Test
    void a_disabled_user_may_be_enabled_and_deleted_but_not_edited() {
        var user = user(UserStatus.DISABLED, true);
        user.setLastLoginAt(Instant.EPOCH);

        assertThat(UserRules.canEnable(user)).isTrue();
        assertThat(UserRules.canDelete(user)).isTrue();
        assertThat(UserRules.canEdit(user)).isFalse();
        assertThat(UserRules.canDisable(user)).isFalse();
    }

    @Test
    void nothing_may_be_done_with_a_deleted_user() {
        var user = user(UserStatus.DELETED, true);

        assertThat(UserRules.exists(user)).isFalse();
        assertThat(UserRules.canDelete(user)).isFalse();
        assertThat(UserRules.canEnable(user)).isFalse();
        assertThat(UserRules.canDisable(user)).isFalse();
        assertThat(UserRules.canEditEmail(user)).isFalse();
    }

    private static UserState user(UserStatus status, boolean verified) {
        return new UserState(status, verified, "ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of(), null);
    }
}
