package cloud.gyroscops.domain.user;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.domain.States;
import java.util.List;
import java.util.function.Consumer;

/** What each event makes of a user. */
final class UserEvolution {

    /** Not even the organization is kept. */
    private static final UserState ERASED =
            new UserState(UserStatus.ERASED, false, "", "", "", "", "", List.of(), null);

    static final Cases<UserState, UserState> CASES = Cases.<UserState, UserState>over(UserEvent.getClassSchema())
            .on(UserCreated.class, UserEvolution::created)
            .on(UserUpdated.class, UserEvolution::updated)
            .on(UserEnabled.class, (user, event) -> with(user, next -> next.setStatus(UserStatus.ENABLED)))
            .on(UserDisabled.class, (user, event) -> with(user, next -> next.setStatus(UserStatus.DISABLED)))
            .on(UserEmailVerified.class, (user, event) -> with(user, next -> next.setEmailVerified(true)))
            .on(UserEmailUnverified.class, (user, event) -> with(user, next -> next.setEmailVerified(false)))
            .on(UserRolesAssigned.class, (user, event) -> with(user, next -> next.setRoles(event.getRoles())))
            .on(UserLoggedIn.class, UserEvolution::loggedIn)
            .on(UserDeleted.class, (user, event) -> with(user, next -> next.setStatus(UserStatus.DELETED)))
            .on(UserErased.class, (user, event) -> ERASED)
            .complete();

    private UserEvolution() {}

    private static UserState with(UserState user, Consumer<UserState> change) {
        var next = States.copy(user, new UserState());
        change.accept(next);
        return next;
    }

    private static UserState created(UserState user, UserCreated created) {
        return new UserState(
                UserStatus.ENABLED,
                false,
                created.getUsername(),
                created.getEmail(),
                created.getFirstName(),
                created.getLastName(),
                created.getOrganizationId(),
                created.getRoles(),
                null);
    }

    private static UserState updated(UserState user, UserUpdated updated) {
        return with(user, next -> {
            next.setUsername(updated.getUsername() == null ? user.getUsername() : updated.getUsername());
            next.setEmail(updated.getEmail() == null ? user.getEmail() : updated.getEmail());
            next.setFirstName(updated.getFirstName() == null ? user.getFirstName() : updated.getFirstName());
            next.setLastName(updated.getLastName() == null ? user.getLastName() : updated.getLastName());
        });
    }

    /** Reports may arrive late: the latest login stays. */
    private static UserState loggedIn(UserState user, UserLoggedIn login) {
        var latest = user.getLastLoginAt();
        return latest != null && latest.isAfter(login.getLoggedInAt())
                ? user
                : with(user, next -> next.setLastLoginAt(login.getLoggedInAt()));
    }
}
