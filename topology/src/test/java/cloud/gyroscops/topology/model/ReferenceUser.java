package cloud.gyroscops.topology.model;

import static cloud.gyroscops.topology.model.Outcome.accepted;
import static cloud.gyroscops.topology.model.Outcome.refused;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserCreated;
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
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

final class ReferenceUser implements ReferenceAggregate {

    private UserStatus status = UserStatus.NONE;
    private boolean verified;
    private String username = "";
    private String email = "";
    private String firstName = "";
    private String lastName = "";
    private String organizationId = "";
    private List<String> roles = List.of();
    private Instant lastLogin;

    @Override
    public Outcome handle(SpecificRecord payload, Origin origin, Instant time) {
        boolean erases = payload instanceof EraseUser;
        if (status == UserStatus.ERASED || status == UserStatus.DELETED && !erases) {
            return refused(RefusalReason.DELETED);
        }
        if (payload instanceof CreateUser create) {
            return status == UserStatus.NONE ? create(create) : refused(RefusalReason.ALREADY_EXISTS);
        }
        if (status == UserStatus.NONE) {
            return refused(RefusalReason.NOT_FOUND);
        }
        if (erases) {
            return erase();
        }
        if (payload instanceof UpdateUser update) {
            return update(update);
        }
        if (payload instanceof AssignUserRoles assign) {
            return assign(new ArrayList<>(new LinkedHashSet<>(assign.getRoles())));
        }
        if (payload instanceof RecordUserLogin login) {
            return login(login.getLoggedInAt(), time);
        }
        return toggle(payload);
    }

    private Outcome toggle(SpecificRecord payload) {
        if (payload instanceof EnableUser && status == UserStatus.DISABLED) {
            status = UserStatus.ENABLED;
            return accepted(new UserEnabled());
        }
        if (payload instanceof DisableUser && status == UserStatus.ENABLED) {
            status = UserStatus.DISABLED;
            return accepted(new UserDisabled());
        }
        if (payload instanceof DeleteUser && (status == UserStatus.DISABLED || lastLogin == null)) {
            status = UserStatus.DELETED;
            return accepted(new UserDeleted());
        }
        if (payload instanceof VerifyUserEmail && !verified) {
            verified = true;
            return accepted(new UserEmailVerified());
        }
        if (payload instanceof UnverifyUserEmail && verified) {
            verified = false;
            return accepted(new UserEmailUnverified());
        }
        return refused(RefusalReason.INVALID_STATE);
    }

    private Outcome create(CreateUser create) {
        if (create.getFirstName().isBlank() || create.getUsername().length() < 3) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        status = UserStatus.ENABLED;
        username = folded(create.getUsername());
        email = folded(create.getEmail());
        firstName = create.getFirstName().strip();
        lastName = create.getLastName().strip();
        organizationId = create.getOrganizationId();
        roles = new ArrayList<>(new LinkedHashSet<>(create.getRoles()));
        return accepted(new UserCreated(username, email, firstName, lastName, organizationId, roles));
    }

    private Outcome update(UpdateUser update) {
        if (update.getFirstName() != null && update.getFirstName().isBlank()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (status == UserStatus.DISABLED) {
            return refused(RefusalReason.USER_DISABLED);
        }
        var newUsername = news(username, update.getUsername() == null ? null : folded(update.getUsername()));
        var newEmail = news(email, update.getEmail() == null ? null : folded(update.getEmail()));
        var newFirst = news(
                firstName,
                update.getFirstName() == null ? null : update.getFirstName().strip());
        var newLast = news(
                lastName,
                update.getLastName() == null ? null : update.getLastName().strip());
        boolean others = newUsername != null || newFirst != null || newLast != null;
        if (!others && newEmail == null) {
            return refused(RefusalReason.NOTHING_TO_CHANGE);
        }
        if (!verified && others) {
            return refused(RefusalReason.USER_NOT_VERIFIED);
        }
        username = newUsername == null ? username : newUsername;
        email = newEmail == null ? email : newEmail;
        firstName = newFirst == null ? firstName : newFirst;
        lastName = newLast == null ? lastName : newLast;
        var updated = new UserUpdated(newUsername, newEmail, newFirst, newLast);
        if (newEmail == null || !verified) {
            return accepted(updated);
        }
        verified = false;
        return accepted(updated, new UserEmailUnverified());
    }

    private Outcome assign(List<String> wanted) {
        if (wanted.equals(roles)) {
            return refused(RefusalReason.NOTHING_TO_CHANGE);
        }
        roles = wanted;
        return accepted(new UserRolesAssigned(wanted));
    }

    private Outcome login(Instant told, Instant now) {
        if (status == UserStatus.DISABLED) {
            return refused(RefusalReason.USER_DISABLED);
        }
        var at = told == null ? now : told;
        if (at.isAfter(now)) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        lastLogin = lastLogin == null || at.isAfter(lastLogin) ? at : lastLogin;
        return accepted(new UserLoggedIn(at));
    }

    private Outcome erase() {
        status = UserStatus.ERASED;
        verified = false;
        username = email = firstName = lastName = organizationId = "";
        roles = List.of();
        lastLogin = null;
        return accepted(new UserErased());
    }

    private static String news(String present, String wanted) {
        return present.equals(wanted) ? null : wanted;
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public SpecificRecord state() {
        return new UserState(status, verified, username, email, firstName, lastName, organizationId, roles, lastLogin);
    }
}
