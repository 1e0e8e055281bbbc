package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.gyroscops.topology.view.index.Ordering;
import cloud.gyroscops.topology.view.index.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static final Ordering BY_NAME = new Ordering("name", Ordering.Kind.TEXT, false);

    @ParameterizedTest
    @CsvSource({"0, 20, page is 0", "1, 0, limit is 0", "1, 201, limit is 201"})
    void whatIsNoPageIsRefusedByName(int page, int limit, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Paging(page, limit, ""))
                .withMessageStartingWith(message);
    }

    @Test
    void aPageBesideACursorIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Paging(2, 20, "abc"))
                .withMessageStartingWith("page is 2");
    }

    @Test
    void depthIsReachedByCursorAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserQuery(List.of(), "", "", UserSort.EMAIL, false, new Paging(501, 20, "")))
                .withMessageContaining("cursor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchPayments("", payments(new Paging(51, 20, ""))))
                .withMessageContaining("cursor");
    }

    @Test
    void aCursorIsThePlaceThatItWasMadeOf() {
        var place = new Place(-7, "Zoé\n\"1\"", "u-1");

        assertThat(Cursor.read(Cursor.write(place, BY_NAME), BY_NAME)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "abc", "YWJj", "K25hbWUKdS0xCngK"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cursor.read(cursor, BY_NAME))
                .withMessageStartingWith("cursor is \"" + cursor + "\"");
    }

    @Test
    void aPeriodThatEndsBeforeItBeginsIsRefused() {
        var noon = Instant.parse("2026-01-01T12:00:00Z");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(Optional.of(noon), Optional.of(noon)))
                .withMessageContaining("2026-01-01T12:00:00Z");
    }

    private static PaymentQuery payments(Paging paging) {
        return new PaymentQuery(
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Period.ANY,
                Period.ANY,
                "",
                "",
                PaymentSort.CREATED_AT,
                true,
                paging);
    }
}
