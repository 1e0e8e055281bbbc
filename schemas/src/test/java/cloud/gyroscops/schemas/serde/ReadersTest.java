package cloud.gyroscops.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private final Readers<String> readers = new Readers<>();

    @Test
    void everyReaderIsFoundInWhateverOrderTheyCame() {
        List<Long> ids = List.of(5L, -3L, 9L, Long.MIN_VALUE, 0L, 7L, Long.MAX_VALUE);
        ids.forEach(id -> readers.put(id, "reader " + id));

        assertThat(ids).allSatisfy(id -> assertThat(readers.get(id)).isEqualTo("reader " + id));
        assertThat(readers.get(6)).isNull();
    }

    @Test
    void theFirstReaderOfAnIdStays() {
        readers.put(1, "first");

        readers.put(1, "second");

        assertThat(readers.get(1)).isEqualTo("first");
    }
}
