package cloud.gyroscops.domain.user;

import static cloud.gyroscops.domain.Decision.accept;
import static cloud.gyroscops.domain.Decision.refuse;

import cloud.gyroscops.contract.Refusal;
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
import cloud.gyroscops.contract.user.UserCommand;
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
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.domain.Situation;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** The rules of users. */
public final class UserDecider implements Decider<Command, UserState, SpecificRecord, Refusal> {

    private static final Cases<Situation<UserState>, Decision<SpecificRecord, Refusal>> DECIDE =
            Cases.<Situation<UserState>, Decision<SpecificRecord, Refusal>>over(UserCommand.getClassSchema())
                    .on(CreateUser.class, UserDecider::create)
                    .on(UpdateUser.class, UserDecider::update)
                    .on(EnableUser.class, UserDecider::enable)
                    .on(DisableUser.class, UserDecider::disable)
                    .on(VerifyUserEmail.class, UserDecider::verify)
                    .on(UnverifyUserEmail.class, UserDecider::unverify)
                    .on(AssignUserRoles.class, UserDecider::assignRoles)
                    .on(RecordUserLogin.class, UserDecider::recordLogin)
                    .on(DeleteUser.class, UserDecider::delete)
                    .on(EraseUser.class, (situation, erase) -> accept(new UserErased()))
                    .complete();

    // Not by its builder: that reads defaults through Avro, which loads only classes that the process declared trusted.
    private static final UserState INITIAL = new UserState(UserStatus.NONE, false, "", "", "", "", "", List.of(), null);

    @Override
    public UserState initial() {
        return INITIAL;
    }

    @Override
    public Decision<SpecificRecord, Refusal> decide(UserState state, Command command) {
        boolean creates = command.payload() instanceof CreateUser;
        if (state.getStatus() == UserStatus.ERASED) {
            return refuse(RefusalReason.DELETED, "user " + command.aggregateId() + " was erased");
        }
        if (state.getStatus() == UserStatus.DELETED && !(command.payload() instanceof EraseUser)) {
            return refuse(RefusalReason.DELETED, "user " + command.aggregateId() + " was deleted");
        }
        if (UserRules.exists(state) && creates) {
            return refuse(
                    RefusalReason.ALREADY_EXISTS,
                    "user " + command.aggregateId() + " exists already, as " + Fields.quote(state.getUsername()));
        }
        if (state.getStatus() == UserStatus.NONE && !creates) {
            return refuse(RefusalReason.NOT_FOUND, "there is no user " + command.aggregateId());
        }
        return DECIDE.apply(new Situation<>(state, command), command.payload());
    }

    @Override
    public UserState evolve(UserState state, SpecificRecord event) {
        return UserEvolution.CASES.apply(state, event);
    }

    private static Decision<SpecificRecord, Refusal> create(Situation<UserState> situation, CreateUser create) {
        var fields = new Fields();
        var user = new UserFields(fields);
        var created = new UserCreated(
                user.username(create.getUsername()),
                user.email(create.getEmail()),
                user.name("firstName", create.getFirstName()),
                user.name("lastName", create.getLastName()),
                fields.id("organizationId", create.getOrganizationId()),
                fields.roles("roles", create.getRoles()));
        if (fields.refused()) {
            return fields.refusal();
        }
        return switch (situation.command().references().organization()) {
            case MISSING ->
                refuse(
                        RefusalReason.ORGANIZATION_NOT_FOUND,
                        "organizationId",
                        "there is no organization " + created.getOrganizationId());
            case SUSPENDED ->
                refuse(
                        RefusalReason.ORGANIZATION_SUSPENDED,
                        "organizationId",
                        "organization " + created.getOrganizationId() + " is suspended and takes no new users");
            default -> accept(created);
        };
    }

    private static Decision<SpecificRecord, Refusal> update(Situation<UserState> situation, UpdateUser update) {
        var state = situation.state();
        var fields = new Fields();
        var user = new UserFields(fields);
        var updated = new UserUpdated(
                update.getUsername() == null ? null : changed(user.username(update.getUsername()), state.getUsername()),
                update.getEmail() == null ? null : changed(user.email(update.getEmail()), state.getEmail()),
                update.getFirstName() == null
                        ? null
                        : changed(user.name("firstName", update.getFirstName()), state.getFirstName()),
                update.getLastName() == null
                        ? null
                        : changed(user.name("lastName", update.getLastName()), state.getLastName()));
        if (fields.refused()) {
            return fields.refusal();
        }
        if (!UserRules.canEditEmail(state)) {
            return refuse(RefusalReason.USER_DISABLED, "a disabled user is not updated; enable it first");
        }
        if (updated.equals(new UserUpdated(null, null, null, null))) {
            return refuse(
                    RefusalReason.NOTHING_TO_CHANGE,
                    "give at least one of username, email, firstName, lastName a new value");
        }
        if (!UserRules.canEdit(state) && changesMoreThanEmail(updated)) {
            return refuse(
                    RefusalReason.USER_NOT_VERIFIED, "until the email is verified, only the email may be changed");
        }
        return updated.getEmail() != null && state.getEmailVerified()
                ? accept(updated, new UserEmailUnverified())
                : accept(updated);
    }

    private static String changed(String wanted, String present) {
        return Objects.equals(wanted, present) ? null : wanted;
    }

    private static boolean changesMoreThanEmail(UserUpdated updated) {
        return updated.getUsername() != null || updated.getFirstName() != null || updated.getLastName() != null;
    }

    private static Decision<SpecificRecord, Refusal> enable(Situation<UserState> situation, EnableUser enable) {
        return UserRules.canEnable(situation.state())
                ? accept(new UserEnabled())
                : refuse(RefusalReason.INVALID_STATE, "the user is enabled already");
    }

    private static Decision<SpecificRecord, Refusal> disable(Situation<UserState> situation, DisableUser disable) {
        return UserRules.canDisable(situation.state())
                ? accept(new UserDisabled())
                : refuse(RefusalReason.INVALID_STATE, "the user is disabled already");
    }

    private static Decision<SpecificRecord, Refusal> verify(Situation<UserState> situation, VerifyUserEmail verify) {
        return situation.state().getEmailVerified()
                ? refuse(RefusalReason.INVALID_STATE, "the email is verified already")
                : accept(new UserEmailVerified());
    }

    private static Decision<SpecificRecord, Refusal> unverify(
            Situation<UserState> situation, UnverifyUserEmail unverify) {
        return situation.state().getEmailVerified()
                ? accept(new UserEmailUnverified())
                : refuse(RefusalReason.INVALID_STATE, "the email is not verified");
    }

    private static Decision<SpecificRecord, Refusal> assignRoles(
            Situation<UserState> situation, AssignUserRoles assign) {
        var fields = new Fields();
        var roles = fields.roles("roles", assign.getRoles());
        if (fields.refused()) {
            return fields.refusal();
        }
        return roles.equals(situation.state().getRoles())
                ? refuse(RefusalReason.NOTHING_TO_CHANGE, "roles", "the roles are these already")
                : accept(new UserRolesAssigned(roles));
    }

    private static Decision<SpecificRecord, Refusal> recordLogin(
            Situation<UserState> situation, RecordUserLogin login) {
        if (!UserRules.enabled(situation.state())) {
            return refuse(RefusalReason.USER_DISABLED, "a disabled user cannot log in; enable it first");
        }
        var now = situation.command().time();
        if (login.getLoggedInAt() != null && login.getLoggedInAt().isAfter(now)) {
            return refuse(
                    RefusalReason.INVALID_FIELD,
                    "loggedInAt",
                    "loggedInAt " + login.getLoggedInAt() + " is in the future; now is " + now);
        }
        return accept(new UserLoggedIn(login.getLoggedInAt() == null ? now : login.getLoggedInAt()));
    }

    private static Decision<SpecificRecord, Refusal> delete(Situation<UserState> situation, DeleteUser delete) {
        return UserRules.canDelete(situation.state())
                ? accept(new UserDeleted())
                : refuse(RefusalReason.INVALID_STATE, "the user has logged in before; disable it first");
    }
}
