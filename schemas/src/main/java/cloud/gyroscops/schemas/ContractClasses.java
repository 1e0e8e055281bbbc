package cloud.gyroscops.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro load the generated classes. Since 1.12.2 Avro loads no class that a schema names unless the application
 * trusts it, and ours are the only ones that our schemas may name.
 */
public final class ContractClasses {
    private static final String PACKAGE = "cloud.gyroscops.contract.";

    static {
        // Avro keeps one predicate for the JVM; the one in place, with Avro's own classes and properties, stays valid.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
    }

    private ContractClasses() {}

    /**
     * Call it before anything is built or read; the serdes do so by themselves. Without it, a builder that falls back on
     * an enum's default throws a SecurityException.
     */
    public static void trust() {
        // The work is done when the class is initialized: once, and before anybody returns from here.
    }
}
