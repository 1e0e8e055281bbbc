package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The objects of one type, in the order in which they were made. */
final class Shelf {

    private final String what;
    private final NavigableMap<Long, ObjectNode> objects = new TreeMap<>();
    private final Map<String, Long> places = new HashMap<>();
    private long next;

    /** A shelf of what errors call by this name. */
    Shelf(String what) {
        this.what = what;
    }

    ObjectNode put(ObjectNode object) {
        places.put(object.path("id").asText(), next);
        objects.put(next++, object);
        return object;
    }

    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(places.get(id)).map(objects::get);
    }

    /** The object, or Stripe's 404 that blames this parameter. */
    ObjectNode get(String id, String param) {
        return find(id).orElseThrow(() -> Rejection.missing(what, param, id));
    }

    /** Its place is kept, for whoever pages past it. */
    void remove(String id) {
        Optional.ofNullable(places.get(id)).ifPresent(objects::remove);
    }

    Stream<ObjectNode> newestFirst() {
        return objects.descendingMap().values().stream();
    }

    Stream<ObjectNode> newestFirst(Optional<String> after) {
        return after.map(id -> Optional.ofNullable(places.get(id))
                        .orElseThrow(() -> Rejection.missing(what, "starting_after", id)))
                .map(place -> objects.headMap(place, false).descendingMap().values().stream())
                .orElseGet(this::newestFirst);
    }

    ArrayNode saved() {
        var array = JsonNodeFactory.instance.arrayNode();
        objects.values().forEach(object -> array.add(object.deepCopy()));
        return array;
    }

    void load(Iterable<?> saved) {
        saved.forEach(object -> put((ObjectNode) object));
    }
}
