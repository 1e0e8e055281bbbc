package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.query.http.Moments;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** How far a view has come, as JSON. */
public final class Progress {

    private Progress() {}

    /** Writes who made it what it is and when, its version, and the token for whoever wants to see no less elsewhere. */
    public static void write(JsonGenerator json, Aggregate aggregate, String id, Applied applied) throws IOException {
        json.writeStringField("createdAt", Moments.text(applied.getCreatedAt()));
        json.writeStringField("createdBy", applied.getCreatedBy());
        json.writeStringField("updatedAt", Moments.text(applied.getUpdatedAt()));
        json.writeStringField("updatedBy", applied.getUpdatedBy());
        json.writeNumberField("version", applied.getVersion());
        json.writeStringField("token", aggregate.plural() + '/' + EventKey.of(id, applied.getVersion()));
    }

    /** Writes a moment, if there is one. */
    public static void writeMoment(JsonGenerator json, String name, Instant moment) throws IOException {
        if (moment != null) {
            json.writeStringField(name, Moments.text(moment));
        }
    }
}
