package cloud.gyroscops.standalone.registry;

/** A request that cannot be granted, with the status and the code that Confluent's registry gives it. */
final class RegistryProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    private RegistryProblem(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RegistryProblem subjectNotFound(String subject) {
        return new RegistryProblem(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryProblem versionNotFound(String version) {
        return new RegistryProblem(404, 40402, "Version " + version + " not found.");
    }

    static RegistryProblem schemaNotFound(String what) {
        return new RegistryProblem(404, 40403, "Schema " + what + " not found");
    }

    static RegistryProblem levelNotFound(String subject) {
        return new RegistryProblem(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryProblem invalidSchema(String why) {
        return new RegistryProblem(422, 42201, "Invalid schema: " + why);
    }

    static RegistryProblem invalidVersion(String version) {
        return new RegistryProblem(
                422, 42202, "The version '" + version + "' is neither a number from 1 on nor 'latest'");
    }

    static RegistryProblem invalidLevel(String level) {
        return new RegistryProblem(
                422, 42203, "The compatibility level '" + level + "' is none of " + CompatibilityLevel.names());
    }

    static RegistryProblem incompatible(String why) {
        return new RegistryProblem(409, 409, "Schema being registered is incompatible with an earlier schema: " + why);
    }

    static RegistryProblem permanentDeletion() {
        return new RegistryProblem(
                422, 42206, "Nothing is deleted permanently here: records may carry the id for ever");
    }

    static RegistryProblem store(Exception cause) {
        RegistryProblem problem =
                new RegistryProblem(500, 50001, "Error in the backend data store: " + cause.getMessage());
        problem.initCause(cause);
        return problem;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
