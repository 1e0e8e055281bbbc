package cloud.gyroscops.schemas.registry;

/** The compatibility rule of a subject refuses a schema. */
public final class IncompatibleSchemaException extends SchemaRegistryException {
    private static final long serialVersionUID = 1L;

    private final String subject;

    /** The registry's own reason is the part that helps. */
    public IncompatibleSchemaException(String subject, String reason) {
        super("the subject " + subject + " refuses the schema: " + reason);
        this.subject = subject;
    }

    /** The subject that refuses. */
    public String subject() {
        return subject;
    }
}
