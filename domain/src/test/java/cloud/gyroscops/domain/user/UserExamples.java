package cloud.gyroscops.domain.user;

import cloud.gyroscops.contract.Origin;
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
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Ada, in every situation that a user can be in, and something to ask of her for every type of command. */
public final class UserExamples {

    /** How Ada began. */
    public static final UserCreated CREATED =
            new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("admin"));

    /** At least one of each type. */
    public static final List<Example> COMMANDS = List.of(
            Example.of(new CreateUser("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("admin"))),
            Example.of(new UpdateUser(null, "countess@acme.test", null, null), Origin.CLIENT, "email"),
            Example.of(new UpdateUser("countess", null, null, null), Origin.CLIENT, "username"),
            Example.of(new EnableUser()),
            Example.of(new DisableUser()),
            Example.of(new VerifyUserEmail()),
            Example.of(new UnverifyUserEmail()),
            Example.of(new AssignUserRoles(List.of("owner"))),
            Example.of(new RecordUserLogin()),
            Example.of(new DeleteUser()),
            Example.of(new EraseUser()));

    private UserExamples() {}

    /** The events that lead to each situation, by its name. */
    public static Map<String, List<SpecificRecord>> situations() {
        var situations = new LinkedHashMap<String, List<SpecificRecord>>();
        situations.put("NONE", List.of());
        for (boolean enabled : List.of(true, false)) {
            for (boolean verified : List.of(false, true)) {
                for (boolean loggedIn : List.of(false, true)) {
                    var events = new ArrayList<SpecificRecord>();
                    events.add(CREATED);
                    if (verified) {
                        events.add(new UserEmailVerified());
                    }
                    if (loggedIn) {
                        events.add(new UserLoggedIn(DeciderSpecification.NOON.minusSeconds(60)));
                    }
                    if (!enabled) {
                        events.add(new UserDisabled());
                    }
                    situations.put(
                            (enabled ? "ENABLED" : "DISABLED")
                                    + (verified ? ", verified" : "")
                                    + (loggedIn ? ", logged in" : ""),
                            List.copyOf(events));
                }
            }
        }
        situations.put("DELETED", List.of(CREATED, new UserDeleted()));
        situations.put("ERASED", List.of(CREATED, new UserErased()));
        return situations;
    }
}
