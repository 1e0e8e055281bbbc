package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Everything that can be asked, in many zones and ranges. */
final class EveryQuestion {

    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Paris"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Pacific/Kiritimati"));

    /** When clocks are put forward or back in one of the zones, and a day that is like others. */
    private static final List<LocalDate> DAYS = Stream.of(
                    "2025-03-30", "2025-10-26", "2025-03-09", "2025-11-02", "2025-04-06", "2025-10-05", "2025-07-14")
            .map(LocalDate::parse)
            .toList();

    private static final int PAGE = 5;

    private EveryQuestion() {}

    /** The answers are those that one counts by hand. */
    static void thenAnswered(Figures figures, CountedEvents counted, long seed) {
        for (var range : ranges(new Random(seed))) {
            assertThat(figures.users(range)).as("all users, %s", range).isEqualTo(counted.users(null, range));
            assertThat(figures.payments(range)).as("all payments, %s", range).isEqualTo(counted.payments(null, range));
            for (var organization : GeneratedEvents.ORGANIZATIONS) {
                assertThat(figures.users(organization, range))
                        .as("users of %s, %s", organization, range)
                        .isEqualTo(counted.users(organization, range));
                assertThat(figures.payments(organization, range))
                        .as("payments of %s, %s", organization, range)
                        .isEqualTo(counted.payments(organization, range));
            }
            assertThat(allOrganizations(figures, range))
                    .as("users by organization, %s", range)
                    .isEqualTo(GeneratedEvents.ORGANIZATIONS.stream()
                            .sorted()
                            .map(organization ->
                                    new Figures.OfOrganization(organization, counted.users(organization, range)))
                            .toList());
        }
        assertThat(figures.dashboard()).isEqualTo(counted.dashboard(null));
        for (var organization : GeneratedEvents.ORGANIZATIONS) {
            assertThat(figures.dashboard(organization)).as(organization).isEqualTo(counted.dashboard(organization));
        }
    }

    private static List<Figures.OfOrganization> allOrganizations(Figures figures, DateRange range) {
        var all = new ArrayList<Figures.OfOrganization>();
        var page = figures.usersByOrganization("", PAGE, range, true);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = figures.usersByOrganization(all.get(all.size() - 1).organizationId(), PAGE, range, true);
        }
        return all;
    }

    private static List<DateRange> ranges(Random random) {
        var ranges = new ArrayList<DateRange>();
        for (var zone : ZONES) {
            var some = date(random);
            var later = some.plusDays(random.nextInt(90));
            ranges.add(new DateRange(null, null, zone));
            ranges.add(new DateRange(some, null, zone));
            ranges.add(new DateRange(null, some, zone));
            ranges.add(new DateRange(some, later, zone));
            ranges.add(new DateRange(some, some, zone));
            ranges.add(new DateRange(some, some.plusDays(1), zone));
            ranges.add(new DateRange(LocalDate.parse("2031-01-01"), null, zone));
            DAYS.forEach(day -> ranges.add(new DateRange(day, day, zone)));
        }
        return ranges;
    }

    private static LocalDate date(Random random) {
        return LocalDate.parse("2024-12-25").plusDays(random.nextInt(440));
    }
}
