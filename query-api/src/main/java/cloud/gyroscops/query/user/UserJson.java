package cloud.gyroscops.query.user;

import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.query.aggregate.Progress;
import cloud.gyroscops.query.language.Language;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.list.UserStanding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Users as JSON. */
final class UserJson {

    private UserJson() {}

    /** All there is to say, without the braces. */
    static void details(
            JsonGenerator json,
            String id,
            UserView view,
            String organizationName,
            List<String> permissions,
            Map<String, String> notes,
            Language language)
            throws IOException {
        var state = view.getState();
        common(json, id, state, organizationName, language);
        json.writeStringField("firstName", state.getFirstName());
        json.writeStringField("lastName", state.getLastName());
        json.writeBooleanField("enabled", UserRules.enabled(state));
        json.writeBooleanField("emailVerified", state.getEmailVerified());
        json.writeStringField("organizationId", state.getOrganizationId());
        texts(json, "permissions", permissions);
        Progress.writeMoment(json, "deletedAt", view.getDeletedAt());
        Progress.write(json, Aggregate.USERS, id, view.getApplied());
        json.writeObjectFieldStart("metadata");
        for (var note : notes.entrySet()) {
            json.writeStringField(note.getKey(), note.getValue());
        }
        json.writeEndObject();
    }

    /** A row of a list. */
    static void row(JsonGenerator json, String id, UserView view, String organizationName, Language language)
            throws IOException {
        json.writeStartObject();
        common(json, id, view.getState(), organizationName, language);
        Progress.writeMoment(json, "createdAt", view.getApplied().getCreatedAt());
        json.writeEndObject();
    }

    private static void common(
            JsonGenerator json, String id, UserState state, String organizationName, Language language)
            throws IOException {
        var label = StatusLabels.of(UserStanding.of(state));
        json.writeStringField("id", id);
        json.writeStringField("username", state.getUsername());
        json.writeStringField("email", state.getEmail());
        json.writeStringField("fullName", (state.getFirstName() + ' ' + state.getLastName()).strip());
        json.writeStringField("status", label.status());
        json.writeStringField("statusLabel", label.in(language));
        json.writeStringField("statusColor", label.color());
        if (organizationName != null) {
            json.writeStringField("organizationName", organizationName);
        }
        texts(json, "roles", state.getRoles());
        Progress.writeMoment(json, "lastLoginAt", state.getLastLoginAt());
        json.writeBooleanField("canEdit", UserRules.canEdit(state));
        json.writeBooleanField("canDelete", UserRules.canDelete(state));
        json.writeBooleanField("canEnable", UserRules.canEnable(state));
        json.writeBooleanField("canDisable", UserRules.canDisable(state));
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
