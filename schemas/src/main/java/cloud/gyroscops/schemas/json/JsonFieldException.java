package cloud.gyroscops.schemas.json;

/** A JSON value is not what its field wants. */
public final class JsonFieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * Names the field, and says what was found and what would be right.
     *
     * @param field where, as in {@code payload.roles[2]}
     */
    public JsonFieldException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
