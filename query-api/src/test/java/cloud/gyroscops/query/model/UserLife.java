package cloud.gyroscops.query.model;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A user as its events tell it. */
final class UserLife extends Life {

    private static final Map<String, List<String>> PERMISSIONS = Map.of(
            "admin", List.of("users:read", "users:write", "payments:read", "payments:write", "payments:refund"),
            "manager", List.of("users:read", "users:write", "payments:read", "payments:write"),
            "accountant", List.of("users:read", "payments:read", "payments:refund"),
            "viewer", List.of("users:read", "payments:read"));

    String organizationId;
    boolean enabled;
    boolean verified;
    Instant lastLogin;
    Instant deletedAt;
    Instant erasedAt;
    String username;
    String email;
    String firstName;
    String lastName;
    List<String> roles;

    UserLife(String id) {
        super(Aggregate.USERS, id);
    }

    @Override
    void happened(EventMessage event) {
        var time = event.header().getOccurredAt();
        if (event.payload() instanceof UserCreated created) {
            organizationId = created.getOrganizationId();
            enabled = true;
            username = created.getUsername();
            email = created.getEmail();
            firstName = created.getFirstName();
            lastName = created.getLastName();
            roles = created.getRoles();
        } else if (event.payload() instanceof UserUpdated updated) {
            username = updated.getUsername() == null ? username : updated.getUsername();
            email = updated.getEmail() == null ? email : updated.getEmail();
            firstName = updated.getFirstName() == null ? firstName : updated.getFirstName();
            lastName = updated.getLastName() == null ? lastName : updated.getLastName();
        } else if (event.payload() instanceof UserLoggedIn login) {
            boolean later = lastLogin == null || login.getLoggedInAt().isAfter(lastLogin);
            lastLogin = later ? login.getLoggedInAt() : lastLogin;
        } else if (event.payload() instanceof UserRolesAssigned assigned) {
            roles = assigned.getRoles();
        } else if (event.payload() instanceof UserEnabled || event.payload() instanceof UserDisabled) {
            enabled = event.payload() instanceof UserEnabled;
        } else if (event.payload() instanceof UserEmailVerified || event.payload() instanceof UserEmailUnverified) {
            verified = event.payload() instanceof UserEmailVerified;
        } else if (event.payload() instanceof UserDeleted) {
            deletedAt = time;
        } else if (event.payload() instanceof UserErased) {
            erasedAt = time;
        } else {
            throw new IllegalArgumentException("the model knows no " + event.payload());
        }
    }

    /** Neither deleted nor erased. */
    boolean there() {
        return deletedAt == null && erasedAt == null;
    }

    String status() {
        if (!there()) {
            return "unknown";
        }
        return enabled ? verified ? "active" : "unverified" : "disabled";
    }

    String words() {
        return String.join(" ", username, email, firstName, lastName);
    }

    ObjectNode row(String organizationName, boolean english) {
        var json = common(organizationName, english);
        json.put("createdAt", createdAt.toString());
        return json;
    }

    ObjectNode details(String organizationName, boolean english) {
        var json = common(organizationName, english);
        json.put("firstName", firstName)
                .put("lastName", lastName)
                .put("enabled", there() && enabled)
                .put("emailVerified", verified)
                .put("organizationId", organizationId);
        var permissions = new TreeSet<String>();
        roles.forEach(role -> permissions.addAll(PERMISSIONS.getOrDefault(role, List.of())));
        json.set("permissions", Reply.texts(permissions));
        put(json, "deletedAt", deletedAt);
        writeProgress(json);
        var notes = json.putObject("metadata");
        last.header().getMetadata().forEach(notes::put);
        return json;
    }

    private ObjectNode common(String organizationName, boolean english) {
        var status = status();
        var json = Reply.object();
        json.put("id", id)
                .put("username", username)
                .put("email", email)
                .put("fullName", firstName + " " + lastName)
                .put("status", status)
                .put("statusLabel", english ? english(status) : french(status))
                .put("statusColor", color(status))
                .put("canEdit", status.equals("active"))
                .put("canDelete", there() && (!enabled || lastLogin == null))
                .put("canEnable", there() && !enabled)
                .put("canDisable", there() && enabled);
        put(json, "organizationName", organizationName);
        put(json, "lastLoginAt", lastLogin);
        json.set("roles", Reply.texts(roles));
        return json;
    }

    private static String french(String status) {
        return switch (status) {
            case "active" -> "Actif";
            case "unverified" -> "Non vérifié";
            case "disabled" -> "Désactivé";
            default -> "Inconnu";
        };
    }

    private static String english(String status) {
        return status.substring(0, 1).toUpperCase(Locale.ROOT) + status.substring(1);
    }

    private static String color(String status) {
        return switch (status) {
            case "active" -> "green";
            case "unverified" -> "orange";
            case "disabled" -> "red";
            default -> "gray";
        };
    }
}
