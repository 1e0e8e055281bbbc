package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.history.AuditEntry;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Who did what, as JSON. */
public final class AuditTrail {

    private AuditTrail() {}

    /** Writes an array. */
    public static void write(JsonGenerator json, List<AuditEntry> entries) throws IOException {
        json.writeStartArray();
        for (var entry : entries) {
            json.writeStartObject();
            json.writeNumberField("version", entry.version());
            json.writeStringField("type", entry.type());
            json.writeStringField("time", entry.time().toString());
            json.writeStringField("actor", entry.actor());
            json.writeFieldName("details");
            json.writeRawValue(AvroToJson.record(entry.details()).toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
