package cloud.gyroscops.schemas.registry;

import java.net.URI;

/** The registry answered 401 or 403: somebody must mend the settings or the permissions. */
public final class RegistryAccessDeniedException extends SchemaRegistryException {
    private static final long serialVersionUID = 1L;

    RegistryAccessDeniedException(URI url, String user, int status) {
        super("the schema registry " + url + " answered " + status + " to "
                + (user == null
                        ? "a request without credentials: set SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD"
                        : "the user " + user + ": check SCHEMA_REGISTRY_USER, SCHEMA_REGISTRY_PASSWORD and what the "
                                + "user may do"));
    }
}
