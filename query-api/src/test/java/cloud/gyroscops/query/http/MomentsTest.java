package cloud.gyroscops.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T23:59:59.000000001Z",
                "2026-01-31T09:30:00.100Z",
                "2026-01-31T09:30:00.000020Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "-0001-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z"
            })
    void a_moment_reads_as_java_writes_it(String text) {
        assertThat(Moments.text(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void any_moment_reads_as_java_writes_it() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var moment = Instant.ofEpochMilli(random.nextLong(-80_000_000_000_000L, 300_000_000_000_000L));
            assertThat(Moments.text(moment)).isEqualTo(moment.toString());
        }
    }
}
