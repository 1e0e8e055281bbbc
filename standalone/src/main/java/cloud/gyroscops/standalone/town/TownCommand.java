package cloud.gyroscops.standalone.town;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that is asked for in the town.
 *
 * @param type the command
 * @param aggregateId whom it is for
 * @param number how many this aggregate gets, with this one: makes its commandId
 * @param payload what is asked
 * @param envelope what else it carries: actor, correlationId, metadata
 */
record TownCommand(String type, String aggregateId, int number, ObjectNode payload, ObjectNode envelope) {

    static TownCommand of(String type, String aggregateId, int number, ObjectNode payload) {
        return new TownCommand(type, aggregateId, number, payload, object());
    }

    TownCommand by(String actor) {
        envelope.put("actor", actor);
        return this;
    }

    TownCommand correlated(String correlationId) {
        envelope.put("correlationId", correlationId);
        return this;
    }

    TownCommand noting(String key, String value) {
        envelope.withObjectProperty("metadata").put(key, value);
        return this;
    }

    /** As {@code POST /commands} takes it. */
    String json() {
        var json = object();
        json.put("type", type).put("aggregateId", aggregateId).put("commandId", aggregateId + "." + number);
        json.setAll(envelope);
        json.set("payload", payload);
        return json.toString();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
