package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import org.apache.avro.specific.SpecificRecord;

/** Checks what every command carries; payloads are checked by the deciders. */
final class EnvelopeValidation implements CommandInterceptor {

    @Override
    public Decision<SpecificRecord, Refusal> around(Handling handling, Rest rest) {
        var header = handling.header();
        var fields = new Fields();
        fields.text("actor", header.getActor(), 1, 255);
        if (header.getCorrelationId() != null) {
            fields.text("correlationId", header.getCorrelationId(), 1, Recent.LONGEST_CORRELATION_ID);
        }
        fields.metadata("metadata", header.getMetadata());
        fields.check("origin", header.getOrigin() != Origin.UNKNOWN, "must be one of CLIENT, SYSTEM, KEYCLOAK, STRIPE");
        if (header.getExpectedVersion() != null && header.getExpectedVersion() < 0) {
            fields.check(
                    "expectedVersion",
                    false,
                    "is " + header.getExpectedVersion()
                            + "; it must be 0, for an aggregate that is not there, or more");
        }
        return fields.refused() ? fields.refusal() : rest.decide();
    }
}
