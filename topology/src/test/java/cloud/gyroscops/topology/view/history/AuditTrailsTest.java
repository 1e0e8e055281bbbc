package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.SomeOutcomes;
import cloud.gyroscops.topology.view.ViewDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<String> ALL = List.of(
            "5 STRIPE_MIRRORED 1",
            "10 OrganizationCreated 1",
            "10 KEYCLOAK_MIRRORED 1",
            "11 STRIPE_MIRRORED 1",
            "20 OrganizationRenamed 2",
            "30 OrganizationRenamed 3",
            "31 KEYCLOAK_PARKED 2",
            "31 STRIPE_MIRRORED 2",
            "40 KEYCLOAK_MIRRORED 2",
            "41 KEYCLOAK_MIRRORED 3");

    @TempDir
    private static Path directory;

    private static ViewDriver views;
    private static AuditTrails audits;

    @BeforeAll
    static void start() {
        views = new ViewDriver(directory);
        event(1, 10, new OrganizationCreated("Acme"));
        event(2, 20, new OrganizationRenamed("Emca"));
        event(3, 30, new OrganizationRenamed("Cema"));
        // An instance whose clock is late.
        mirrored(MirrorTarget.STRIPE, 1, 1, 5);
        mirrored(MirrorTarget.STRIPE, 2, 1, 11);
        mirrored(MirrorTarget.STRIPE, 3, 2, 31);
        mirrored(MirrorTarget.KEYCLOAK, 1, 1, 10);
        views.pipe(SomeOutcomes.parked(MirrorTarget.KEYCLOAK, AggregateType.ORGANIZATION, "o-1", 2, 2, at(31)));
        mirrored(MirrorTarget.KEYCLOAK, 3, 2, 40);
        mirrored(MirrorTarget.KEYCLOAK, 4, 3, 41);
        audits = new Histories(views.stores(), views.wire()).audits();
    }

    @AfterAll
    static void stop() {
        views.close();
    }

    @Test
    void whatMirrorsMadeStandsBetweenTheEventsByTime() {
        assertThat(texts(audits.trail(Aggregate.ORGANIZATIONS, "o-1", AuditPlace.BEGINNING, 1_000)
                        .entries()))
                .isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 10})
    void aTrailIsWholePageByPage(int most) {
        var found = new ArrayList<AuditEntry>();
        var next = Optional.of(AuditPlace.BEGINNING);
        while (next.isPresent()) {
            var page = audits.trail(Aggregate.ORGANIZATIONS, "o-1", next.get(), most);
            assertThat(page.entries()).hasSizeBetween(1, most);
            found.addAll(page.entries());
            next = page.next();
        }

        assertThat(texts(found)).isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 4", "3, 5", "4, 10"})
    void aTrailCanBeginWithAnyVersion(long version, int passedOver) {
        assertThat(texts(audits.trail(Aggregate.ORGANIZATIONS, "o-1", new AuditPlace(version, Optional.empty()), 1_000)
                        .entries()))
                .isEqualTo(ALL.subList(passedOver, ALL.size()));
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        assertThatThrownBy(() -> audits.trail(Aggregate.ORGANIZATIONS, "o-1", new AuditPlace(1, Optional.of("x")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor is \"x\"; it must be one that came in \"next\"");
    }

    private static void event(long version, long second, SpecificRecord payload) {
        views.pipe(ViewDriver.event(Aggregate.ORGANIZATIONS, "o-1", version, at(second), "o-1", "eve", payload));
    }

    private static void mirrored(MirrorTarget target, long sequence, long version, long second) {
        views.pipe(SomeOutcomes.mirrored(target, AggregateType.ORGANIZATION, "o-1", sequence, version, at(second)));
    }

    private static List<String> texts(List<AuditEntry> entries) {
        return entries.stream()
                .map(entry -> entry.time().getEpochSecond() - START.getEpochSecond() + " " + entry.type() + ' '
                        + entry.version())
                .toList();
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
