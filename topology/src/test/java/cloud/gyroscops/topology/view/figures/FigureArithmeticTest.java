package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FigureArithmeticTest {

    @ParameterizedTest
    @CsvSource({
        "0,0,0.00",
        "0,3,0.00",
        "1,3,33.33",
        "2,3,66.67",
        "3,3,100.00",
        "1,800,0.13",
        "1,200000,0.00",
        "1,20000,0.01"
    })
    void ratesHaveTwoDecimalsAndHalvesAreRoundedUp(long part, long whole, String percent) {
        assertThat(Rates.percent(part, whole)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,2025-03-30,2025-03-30T00:00:00Z,PT24H",
        "Europe/Paris,2025-03-30,2025-03-29T23:00:00Z,PT23H",
        "Europe/Paris,2025-10-26,2025-10-25T22:00:00Z,PT25H",
        "Asia/Kathmandu,2025-03-30,2025-03-29T18:15:00Z,PT24H",
        "+05:45,2025-03-30,2025-03-29T18:15:00Z,PT24H",
        "-03:30,2025-03-30,2025-03-30T03:30:00Z,PT24H",
        "America/St_Johns,2025-03-09,2025-03-09T03:30:00Z,PT23H",
        "Australia/Lord_Howe,2025-04-06,2025-04-05T13:00:00Z,PT24H30M",
        "America/Sao_Paulo,2018-11-04,2018-11-04T03:00:00Z,PT23H",
        "Pacific/Apia,2011-12-30,2011-12-30T10:00:00Z,PT0S",
        "Pacific/Apia,2011-12-31,2011-12-30T10:00:00Z,PT24H"
    })
    void aDayIsWhatItIsInItsZone(String zone, LocalDate day, Instant begin, Duration length) {
        var span = new DateRange(day, day, ZoneId.of(zone)).span();

        assertThat(Quarters.start(span.from())).isEqualTo(begin);
        assertThat(Duration.ofMinutes(15).multipliedBy(span.until() - span.from()))
                .isEqualTo(length);
    }

    /** In Paris, days began at 23:50:39 UTC. */
    @Test
    void whereZonesWereMinutesOffADayBeginsWithItsFirstQuarter() {
        var day = LocalDate.parse("1900-01-01");

        assertThat(Quarters.start(new DateRange(day, day, ZoneId.of("Europe/Paris"))
                        .span()
                        .from()))
                .isEqualTo("1900-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:37", "+00:09:21", "-00:01"})
    void zonesThatNobodyHasAreRefused(String zone) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DateRange(null, null, ZoneId.of(zone)))
                .withMessageContaining(zone);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new DateRange(LocalDate.parse("2026-01-02"), LocalDate.parse("2026-01-01"), ZoneOffset.UTC))
                .withMessage("from is 2026-01-02, after to, 2026-01-01");
    }

    @Test
    void datesBeyondTheYear9999AreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DateRange(null, LocalDate.MAX, ZoneOffset.UTC))
                .withMessage("to is +999999999-12-31; it must be in the years 1 to 9999");
    }

    @Test
    void theFirstAndTheLastDayThatCanBeAskedForCanBeAskedFor() {
        var span = new DateRange(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), ZoneId.of("Asia/Kathmandu")).span();

        assertThat(span.from()).isLessThan(0);
        assertThat(span.holds(Quarters.of(Instant.parse("9999-12-31T18:14:59Z"))))
                .isTrue();
        assertThat(span.holds(Quarters.of(Instant.parse("9999-12-31T18:15:00Z"))))
                .isFalse();
    }

    @Test
    void wideSumsAreExactWhateverIsAddedAndTakenOff() {
        var random = new Random(1);
        var sum = Wide.zero();
        var expected = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            long amount = random.nextLong() >> random.nextInt(63);
            Wide.add(sum, amount);
            expected = expected.add(BigInteger.valueOf(amount));

            assertThat(Wide.value(sum)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
    void everyInstantsDayHasAKeyThatKeepsTheOrder(long millis) {
        long quarter = Quarters.of(Instant.ofEpochMilli(millis));
        long day = Quarters.day(quarter);

        assertThat(Keys.dayOfRoleOf("o-1", Keys.dayOfRole("o-1", day, "admin"))).isEqualTo(day);
        assertThat(Keys.day("o-1", day)).isLessThan(Keys.day("o-1", day + 1)).hasSameSizeAs(Keys.day("o-1", 0));
        assertThat(Keys.quarter("o-1", quarter))
                .isLessThan(Keys.quarter("o-1", quarter + 1))
                .hasSameSizeAs(Keys.quarter("o-1", 0));
    }
}
