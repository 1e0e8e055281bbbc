package cloud.gyroscops.schemas.registry;

import org.apache.avro.Schema;

/**
 * Where Avro schemas get the ids that records carry. Implementations are safe for use by many threads.
 *
 * <p>Every method tells an outage from a mistake: {@link RegistryUnavailableException} means that the same call may
 * succeed later, the other exceptions that it will not.
 */
public interface SchemaRegistry {

    /**
     * Registers a schema under a subject, or finds it there.
     *
     * @return its id, the same for every later call
     * @throws IncompatibleSchemaException if the subject's compatibility rule refuses it
     * @throws RegistryUnavailableException if no registry answered
     */
    int register(String subject, Schema schema);

    /**
     * The schema with an id.
     *
     * @throws UnknownSchemaException if the registry answered that there is none
     * @throws RegistryUnavailableException if no registry answered
     */
    Schema byId(int id);
}
