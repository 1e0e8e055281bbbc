package cloud.gyroscops.schemas.registry;

/** The registry answered that there is no Avro schema with this id. */
public final class UnknownSchemaException extends SchemaRegistryException {
    private static final long serialVersionUID = 1L;

    private final int id;

    /** An id that nobody registered. */
    public UnknownSchemaException(int id) {
        this(id, "no schema has the id " + id);
    }

    /** An id that is there, but of no use: the reason says why. */
    public UnknownSchemaException(int id, String reason) {
        super(reason);
        this.id = id;
    }

    /** The id that was asked for. */
    public int id() {
        return id;
    }
}
