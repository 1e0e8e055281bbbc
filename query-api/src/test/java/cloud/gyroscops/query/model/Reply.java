package cloud.gyroscops.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.stream.Collector;

/**
 * What the server answered.
 *
 * @param json the body
 */
public record Reply(int status, JsonNode json) {

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode texts(Collection<String> texts) {
        var array = array();
        texts.forEach(array::add);
        return array;
    }

    static Collector<JsonNode, ArrayNode, ArrayNode> toArray() {
        return Collector.of(Reply::array, ArrayNode::add, ArrayNode::addAll);
    }

    /** Without what says where to go on: cursors mean nothing to the model. */
    ObjectNode withoutNext() {
        ObjectNode copy = json.deepCopy();
        copy.remove("next");
        return copy;
    }

    /** Numbers are the same whatever their type, and however many zeros they end with. */
    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (left, right) -> left.isNumber() && right.isNumber()
                        ? left.decimalValue().compareTo(right.decimalValue())
                        : left.equals(right) ? 0 : 1,
                other);
    }
}
