package cloud.gyroscops.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CircumstancesTest {

    @Test
    void sayWhenWhereAndOfWhat() {
        var json = new ObjectMapper().createObjectNode();

        Circumstances.writeTo(json);

        assertThat(json.fieldNames()).toIterable().containsExactly("at", "commit", "machine", "versions");
        assertThat(json.get("machine").get("processors").intValue()).isPositive();
        assertThat(json.get("versions").get("kafka").textValue()).startsWith("4.");
    }
}
