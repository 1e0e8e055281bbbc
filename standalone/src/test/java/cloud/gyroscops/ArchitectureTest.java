package cloud.gyroscops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and the domain is pure. */
final class ArchitectureTest {

    private static final String CONTRACT = "cloud.gyroscops.contract..";
    private static final String SCHEMAS = "cloud.gyroscops.schemas..";
    private static final String DOMAIN = "cloud.gyroscops.domain..";
    private static final String TOPOLOGY = "cloud.gyroscops.topology..";
    private static final String QUERY = "cloud.gyroscops.query..";
    private static final String CONNECTORS = "cloud.gyroscops.connectors..";
    private static final String STANDALONE = "cloud.gyroscops.standalone..";

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // The fixtures for other modules' tests, once they are packaged.
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("cloud.gyroscops");
    }

    @Test
    void schemasDependOnNoOtherModule() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(SCHEMAS, CONTRACT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DOMAIN, TOPOLOGY, QUERY, CONNECTORS, STANDALONE));
    }

    @Test
    void theDomainDependsOnContractsAndPlainJavaOnly() {
        holds(classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        DOMAIN,
                        CONTRACT,
                        "java.lang..",
                        "java.text",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.time..",
                        "org.apache.avro",
                        "org.apache.avro.specific"));
    }

    @Test
    void theDomainKnowsNoClockAndDrawsNoIds() {
        holds(noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class));
    }

    @Test
    void theTopologyKnowsNothingOfTheHttpApi() {
        holds(noClasses()
                .that()
                .resideInAPackage(TOPOLOGY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(QUERY, CONNECTORS, STANDALONE, "io.javalin.."));
    }

    @Test
    void theWriteSideDependsOnNoView() {
        holds(noClasses()
                .that()
                .resideInAPackage("cloud.gyroscops.topology.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("cloud.gyroscops.topology.view.."));
    }

    @Test
    void queryApiAndConnectorsKnowNeitherEachOtherNorTheStandaloneSystem() {
        holds(noClasses()
                .that()
                .resideInAPackage(QUERY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, STANDALONE));
        holds(noClasses()
                .that()
                .resideInAPackage(CONNECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("cloud.gyroscops.topology.view..", QUERY, STANDALONE));
    }

    @Test
    void packagesFormNoCycles() {
        holds(SlicesRuleDefinition.slices()
                .matching("cloud.gyroscops.(**)")
                .should()
                .beFreeOfCycles());
    }

    @Test
    void namesSayWhatAThingIs() {
        holds(noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|V2)$")
                .orShould()
                .haveNameMatching(".*\\.I[A-Z][a-z]\\w+$"));
    }

    private static void holds(ArchRule rule) {
        rule.check(all);
    }
}
