package cloud.gyroscops.domain.user;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import java.util.List;

/** What may be done with a user: asked by the decider, and by views that show it. */
public final class UserRules {

    private UserRules() {}

    /** Whether there is such a user: created, and not deleted. */
    public static boolean exists(UserState user) {
        return user.getStatus() == UserStatus.ENABLED || user.getStatus() == UserStatus.DISABLED;
    }

    /** What no other user may have at the same time: the email and the username, while there is such a user. */
    public static List<Claim> claims(UserState user) {
        return exists(user)
                ? List.of(
                        new Claim(ClaimKind.EMAIL, user.getEmail()), new Claim(ClaimKind.USERNAME, user.getUsername()))
                : List.of();
    }

    public static boolean enabled(UserState user) {
        return user.getStatus() == UserStatus.ENABLED;
    }

    public static boolean canEnable(UserState user) {
        return user.getStatus() == UserStatus.DISABLED;
    }

    public static boolean canDisable(UserState user) {
        return user.getStatus() == UserStatus.ENABLED;
    }

    /** Whether every field may be changed. */
    public static boolean canEdit(UserState user) {
        return canEditEmail(user) && user.getEmailVerified();
    }

    /** An unverified user may still mend the email. */
    public static boolean canEditEmail(UserState user) {
        return enabled(user);
    }

    /** Somebody who has been here and still has access must be disabled first. */
    public static boolean canDelete(UserState user) {
        return exists(user) && (user.getStatus() == UserStatus.DISABLED || user.getLastLoginAt() == null);
    }
}
