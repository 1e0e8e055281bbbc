package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.domain.user.UserRules;
import java.util.Optional;
import java.util.Set;

/**
 * What one user adds to the figures, as long as there is such a user.
 *
 * @param quarter in which the user was created: it never changes
 */
record UserShare(long quarter, boolean active, boolean verified, boolean withLogin, Set<String> roles) {

    /** The share of a view: null, or a user's. */
    static Optional<UserShare> of(Object view) {
        if (view == null || !UserRules.exists(((UserView) view).getState())) {
            return Optional.empty();
        }
        var user = ((UserView) view).getState();
        return Optional.of(new UserShare(
                Quarters.of(((UserView) view).getApplied().getCreatedAt()),
                UserRules.enabled(user),
                user.getEmailVerified(),
                user.getLastLoginAt() != null,
                Set.copyOf(user.getRoles())));
    }

    UserCounts counts() {
        return new UserCounts(1L, active ? 1L : 0, verified ? 1L : 0, withLogin ? 1L : 0);
    }
}
