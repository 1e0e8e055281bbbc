package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;

/** An answer as it goes over the wire: JSON with line breaks, as Stripe's. */
record Answer(int status, String body, boolean replayed) {

    static Answer of(int status, JsonNode json) {
        try {
            return new Answer(
                    status, Shapes.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json), false);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer again() {
        return new Answer(status, body, true);
    }
}
