package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.ViewDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight events of 400,000 bytes and more: pages end by bytes, and nothing is missing all the same. */
class LargeEventsTest {

    private static final int EVENTS = 8;
    private static final int IN_A_PAGE = 3;
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path directory;

    private ViewDriver views;

    @BeforeEach
    void happen() {
        views = new ViewDriver(directory);
        for (int version = 1; version <= EVENTS; version++) {
            var name = "x".repeat(400_000) + version;
            SpecificRecord payload = version == 1 ? new OrganizationCreated(name) : new OrganizationRenamed(name);
            views.pipe(ViewDriver.event(
                    Aggregate.ORGANIZATIONS, "o-1", version, START.plusSeconds(version), "o-1", "eve", payload));
        }
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void aSearchGoesOnBehindThem() {
        var search = new EventSearch(views.stores(), views.wire());
        var found = new ArrayList<Long>();
        var after = Optional.<String>empty();
        do {
            var page = search.find(new EventQuery(
                    Set.of(),
                    EventQuery.EVER_SINCE,
                    EventQuery.FOR_EVER,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    1_000,
                    after));
            assertThat(page.events()).hasSizeLessThanOrEqualTo(IN_A_PAGE);
            page.events().forEach(event -> found.add(event.header().getVersion()));
            after = page.next();
        } while (after.isPresent());

        assertThat(found).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }

    @Test
    void anAuditTrailGoesOnBehindThem() {
        var audits = new Histories(views.stores(), views.wire()).audits();
        var found = new ArrayList<Long>();
        var from = Optional.of(AuditPlace.BEGINNING);
        while (from.isPresent()) {
            var page = audits.trail(Aggregate.ORGANIZATIONS, "o-1", from.get(), 1_000);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(IN_A_PAGE);
            page.entries().forEach(entry -> found.add(entry.version()));
            from = page.next();
        }

        assertThat(found).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }
}
