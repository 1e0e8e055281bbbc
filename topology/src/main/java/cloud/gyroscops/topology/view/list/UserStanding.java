package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.domain.user.UserRules;

/** What a list shows as a user's status. */
public enum UserStanding {
    /** Enabled and verified. */
    ACTIVE,
    /** Enabled and not verified. */
    UNVERIFIED,
    DISABLED,
    /** Something that this release does not know. */
    UNKNOWN;

    /** That of a user. */
    public static UserStanding of(UserState user) {
        if (UserRules.enabled(user)) {
            return user.getEmailVerified() ? ACTIVE : UNVERIFIED;
        }
        return user.getStatus() == UserStatus.DISABLED ? DISABLED : UNKNOWN;
    }
}
