package cloud.gyroscops.schemas;

import static cloud.gyroscops.schemas.EvolutionRule.BACKWARD_TRANSITIVE;
import static cloud.gyroscops.schemas.EvolutionRule.FULL_TRANSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolutionRuleTest {
    private static final String ID = "{'name':'id','type':'string'}";
    private static final String NOTE = "{'name':'note','type':'string'}";
    private static final String NOTE_WITH_DEFAULT = "{'name':'note','type':'string','default':''}";

    @Test
    void aFieldWithADefaultMayBeAdded() {
        assertThat(FULL_TRANSITIVE.objection(List.of(record(ID)), record(ID, NOTE_WITH_DEFAULT)))
                .isEmpty();
    }

    @Test
    void aRequiredFieldMayNotBeAdded() {
        assertThat(FULL_TRANSITIVE.objection(List.of(record(ID)), record(ID, NOTE)))
                .hasValueSatisfying(objection -> assertThat(objection).contains("x.R breaks FULL_TRANSITIVE", "note"));
        assertThat(BACKWARD_TRANSITIVE.objection(List.of(record(ID)), record(ID, NOTE)))
                .isPresent();
    }

    @Test
    void aRequiredFieldMayBeRemovedOnlyWhereNobodyOlderReads() {
        assertThat(FULL_TRANSITIVE.objection(List.of(record(ID, NOTE)), record(ID)))
                .isPresent();
        assertThat(BACKWARD_TRANSITIVE.objection(List.of(record(ID, NOTE)), record(ID)))
                .isEmpty();
    }

    @Test
    void aTypeMayNotChange() {
        assertThat(BACKWARD_TRANSITIVE.objection(List.of(record(ID)), record(ID.replace("string", "long"))))
                .isPresent();
    }

    @Test
    void allOlderVersionsCountAndNotOnlyTheLast() {
        List<Schema> older = List.of(record(ID), record(ID, NOTE_WITH_DEFAULT));

        assertThat(BACKWARD_TRANSITIVE.objection(older, record(ID, NOTE))).isPresent();
    }

    @Test
    void anEnumSymbolMayGoOnlyIfThereIsADefault() {
        Schema before = record(enumeration("'A','B','C'", "'default':'A',"));

        assertThat(BACKWARD_TRANSITIVE.objection(List.of(before), record(enumeration("'A','B'", ""))))
                .hasValueSatisfying(objection -> assertThat(objection).contains("BACKWARD_TRANSITIVE"));
        assertThat(BACKWARD_TRANSITIVE.objection(List.of(before), record(enumeration("'A','B'", "'default':'A',"))))
                .isEmpty();
    }

    @Test
    void everyEnumNeedsADefault() {
        assertThat(FULL_TRANSITIVE.objection(List.of(), record(enumeration("'A'", ""))))
                .hasValueSatisfying(objection -> assertThat(objection).contains("the enum x.E has no default"));
    }

    @Test
    void aUnionMayGrowInAnEnvelopeButNotInAPayload() {
        Schema before = record("{'name':'payload','type':[" + branch("A") + "]}");
        Schema after = record("{'name':'payload','type':[" + branch("A") + "," + branch("B") + "]}");

        assertThat(BACKWARD_TRANSITIVE.objection(List.of(before), after)).isEmpty();
        assertThat(BACKWARD_TRANSITIVE.objection(List.of(after), before)).isPresent();
        assertThat(FULL_TRANSITIVE.objection(List.of(before), after)).isPresent();
    }

    @Test
    void recordingRefusesWhatTheRuleForbids(@TempDir Path directory) throws Exception {
        HistoryDirectory history = new HistoryDirectory(directory);
        history.record(record(ID), FULL_TRANSITIVE);

        assertThatThrownBy(() -> history.record(record(ID, NOTE), FULL_TRANSITIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note");
        assertThat(history.versions("x.R")).containsExactly(record(ID));
    }

    @Test
    void recordingKeepsTheOlderVersions(@TempDir Path directory) throws Exception {
        HistoryDirectory history = new HistoryDirectory(directory);
        history.record(record(ID), FULL_TRANSITIVE);
        history.record(record(ID), FULL_TRANSITIVE);

        history.record(record(ID, NOTE_WITH_DEFAULT), FULL_TRANSITIVE);

        assertThat(history.versions("x.R")).containsExactly(record(ID), record(ID, NOTE_WITH_DEFAULT));
        assertThat(history.recorded()).containsOnlyKeys("x.R/1.avsc", "x.R/2.avsc");
    }

    private static String enumeration(String symbols, String defaulted) {
        return "{'name':'e','type':{'type':'enum','name':'E'," + defaulted + "'symbols':[" + symbols + "]}}";
    }

    private static String branch(String name) {
        return "{'type':'record','name':'" + name + "','fields':[]}";
    }

    private static Schema record(String... fields) {
        String json = "{'type':'record','name':'x.R','fields':[" + String.join(",", fields) + "]}";
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }
}
