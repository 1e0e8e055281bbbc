package cloud.gyroscops.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the contracts against their history: a change that would break somebody breaks the build first. */
class SchemaHistoryTest {
    private final SchemaHistory history = SchemaHistory.load();
    private final HistoryDirectory directory = new HistoryDirectory(Path.of("src/main/resources/schema-history"));

    @TestFactory
    Stream<DynamicTest> theNewestVersionIsTheCurrentOne() {
        return CurrentContracts.all().keySet().stream()
                .map(schema -> DynamicTest.dynamicTest(schema.getFullName(), () -> {
                    List<Schema> versions = history.of(schema.getFullName());
                    assertThat(versions)
                            .as(
                                    "%s is new or changed; record it with: %s",
                                    schema.getFullName(), RecordSchemaHistory.COMMAND)
                            .endsWith(schema);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyVersionObeysItsRule() {
        return CurrentContracts.all().entrySet().stream()
                .map(contract -> DynamicTest.dynamicTest(
                        contract.getKey().getFullName() + " is " + contract.getValue(),
                        () -> assertObeyed(
                                contract.getValue(),
                                history.of(contract.getKey().getFullName()))));
    }

    @Test
    void whatWasRecordedIsNeverChanged() throws IOException {
        for (Map.Entry<String, String> entry : directory.recorded().entrySet()) {
            assertThat(directory.hash(entry.getKey()))
                    .as("%s was changed after it was recorded: restore it, then record a new version", entry.getKey())
                    .isEqualTo(entry.getValue());
        }
    }

    @Test
    void theIndexListsEveryVersion() throws IOException {
        for (String name : history.names()) {
            assertThat(history.of(name)).isEqualTo(directory.versions(name));
        }
    }

    @Test
    void whatWasNeverRecordedHasNoVersions() {
        assertThat(history.of("cloud.gyroscops.contract.Nothing")).isEmpty();
    }

    private static void assertObeyed(EvolutionRule rule, List<Schema> versions) {
        for (int i = 0; i < versions.size(); i++) {
            assertThat(rule.objection(versions.subList(0, i), versions.get(i))).isEmpty();
        }
    }
}
