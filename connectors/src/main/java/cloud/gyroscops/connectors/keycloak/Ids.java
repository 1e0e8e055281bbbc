package cloud.gyroscops.connectors.keycloak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our ids on Keycloak's objects. */
final class Ids {

    /** The attribute of users and organizations that holds our id. */
    static final String ATTRIBUTE = "gyroscops-id";

    private Ids() {}

    /** Our id, if an object with these attributes bears one. */
    static Optional<String> in(Map<String, List<String>> attributes) {
        return attributes == null
                ? Optional.empty()
                : attributes.getOrDefault(ATTRIBUTE, List.of()).stream()
                        .filter(id -> !id.isBlank())
                        .findFirst();
    }

    /** The attributes with our id. */
    static Map<String, List<String>> with(String id, Map<String, List<String>> attributes) {
        var all = new HashMap<String, List<String>>(attributes == null ? Map.of() : attributes);
        all.put(ATTRIBUTE, List.of(id));
        return all;
    }

    /**
     * A search for our id, in quotes, since ids may hold colons. Keycloak does not tell upper case from lower: look at what
     * is found.
     */
    static String query(String id) {
        return ATTRIBUTE + ":\"" + id + '"';
    }
}
