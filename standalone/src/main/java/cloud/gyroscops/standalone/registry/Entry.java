package cloud.gyroscops.standalone.registry;

/** What the registry's topic is made of: the last entry under a key holds. */
sealed interface Entry {

    /** An id's schema, in the form that {@link SchemaText} gives it. Never deleted: records carry the id for ever. */
    record SchemaAdded(int id, String schema) implements Entry {}

    /** A version of a subject, which stays in the topic when it is deleted, so that its number is not used again. */
    record VersionSet(String subject, int version, int id, boolean deleted) implements Entry {}

    /** The rule of a subject, or with a null subject the one of all others. A null level: none of its own. */
    record LevelSet(String subject, CompatibilityLevel level) implements Entry {}
}
