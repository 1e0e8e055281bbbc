package cloud.gyroscops.schemas.registry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The registry in the test's hand: it accepts every schema, can be taken down, and counts what it is asked. */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final Map<Schema, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private boolean down;
    private int requests;

    @Override
    public synchronized int register(String subject, Schema schema) {
        answer();
        int id = ids.computeIfAbsent(schema, s -> ids.size() + 1);
        schemas.put(id, schema);
        return id;
    }

    @Override
    public synchronized Schema byId(int id) {
        answer();
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new UnknownSchemaException(id);
        }
        return schema;
    }

    /** From now on every call throws {@link RegistryUnavailableException}. */
    public synchronized void goDown() {
        down = true;
    }

    /** Knows what it knew. */
    public synchronized void comeBack() {
        down = false;
    }

    /** How often it was asked, also in vain. */
    public synchronized int requests() {
        return requests;
    }

    private void answer() {
        requests++;
        if (down) {
            throw new RegistryUnavailableException("the test took the registry down");
        }
    }
}
