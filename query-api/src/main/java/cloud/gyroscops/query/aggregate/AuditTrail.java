package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.history.AuditEntry;
import cloud.gyroscops.topology.view.history.AuditPlace;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Who did what, and what mirrors made of it, as JSON. */
public final class AuditTrail {

    private AuditTrail() {}

    /** Writes an array. */
    public static void write(JsonGenerator json, List<AuditEntry> entries) throws IOException {
        json.writeStartArray();
        for (var entry : entries) {
            json.writeStartObject();
            if (entry.version() > 0) {
                json.writeNumberField("version", entry.version());
            }
            json.writeStringField("type", entry.type());
            json.writeStringField("time", entry.time().toString());
            json.writeStringField("actor", entry.actor());
            json.writeFieldName("details");
            json.writeRawValue(details(entry).toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static JsonNode details(AuditEntry entry) {
        return entry.details() instanceof MirrorOutcome outcome
                ? OutcomeJson.details(outcome)
                : AvroToJson.record(entry.details());
    }

    /** The same request from a place in the trail on. */
    public static String link(Given given, String path, AuditPlace place) {
        var link = given.link(path, "from", Long.toString(place.version()));
        return place.outcomes().map(cursor -> link + "&cursor=" + cursor).orElse(link);
    }
}
