package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three partitions, as three instances would have them. */
class EventSearchTest {

    private static final int PARTITIONS = 3;
    private static final int CASES = 300;
    private static final Comparator<EventMessage> ORDER = Comparator.<EventMessage, Instant>comparing(
                    event -> event.header().getOccurredAt())
            .thenComparing(event -> EventKey.ordered(
                    event.header().getAggregateId(), event.header().getVersion()))
            .thenComparing(event -> event.header().getAggregateType());

    @TempDir
    private static Path directory;

    private static RandomHistories histories;
    private static List<ViewDriver> partitions;
    private static EventSearch search;

    @BeforeAll
    static void start() {
        histories = new RandomHistories(42, 60, 80);
        partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new ViewDriver(directory.resolve("" + i)))
                .toList();
        histories.inOrder().forEach(event -> partition(event).pipe(event));
        search = new EventSearch(all(partitions), partitions.get(0).wire());
    }

    @AfterAll
    static void stop() {
        partitions.forEach(ViewDriver::close);
    }

    @Test
    void whateverIsWantedAllPagesTogetherAreWhatAPlainScanFinds() {
        for (int i = 0; i < CASES; i++) {
            var query = anyQuery();

            assertThat(pages(search, query)).as("%s", query).isEqualTo(scan(query));
        }
    }

    @Test
    void noPageIsLongerThanWanted() {
        assertThat(search.find(everything(17)).events()).hasSize(17);
    }

    @Test
    void theIndexHoldsNothingOfErasedUsersButTheirErasure() {
        var left = new ArrayList<String>();
        for (var partition : partitions) {
            try (var all = partition
                    .driver()
                    .<String, String>getKeyValueStore(EventIndex.store(Aggregate.USERS))
                    .all()) {
                all.forEachRemaining(entry -> {
                    if (histories.erased(EventKey.aggregateId(EventIndex.event(entry.key)))) {
                        left.add(entry.key);
                    }
                });
            }
        }

        assertThat(left).isNotEmpty().allMatch(key -> key.startsWith("UserErased@"));
    }

    @Test
    void whatIsRareIsFoundThoughMuchHasToBePassedOver(@TempDir Path stores) {
        try (var views = new ViewDriver(stores)) {
            int many = FindEvents.MOST_LOOKED_AT + 10;
            for (int version = 1; version <= many; version++) {
                views.pipe(ViewDriver.event(
                        Aggregate.ORGANIZATIONS,
                        "o-1",
                        version,
                        RandomHistories.START.plusMillis(version),
                        "o-1",
                        version == many ? "mallory" : "eve",
                        version == 1 ? new OrganizationCreated("Acme") : new OrganizationRenamed("Acme " + version)));
            }
            var rare = new EventSearch(views.stores(), views.wire(), Duration.ZERO);
            var query = new EventQuery(
                    Set.of("OrganizationRenamed"),
                    EventQuery.EVER_SINCE,
                    EventQuery.FOR_EVER,
                    Optional.empty(),
                    Optional.of("mallory"),
                    false,
                    10,
                    Optional.empty());

            var first = rare.find(query);

            assertThat(first.events()).isEmpty();
            assertThat(first.next()).isPresent();
            assertThat(pages(rare, query))
                    .singleElement()
                    .satisfies(event -> assertThat(event.header().getVersion()).isEqualTo(many));

            var patient = new EventSearch(views.stores(), views.wire(), Duration.ofMinutes(1));
            assertThat(patient.find(query).events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.header().getVersion()).isEqualTo(many));
        }
    }

    @Test
    void aTypeThatIsNoneIsNamed() {
        assertThatThrownBy(() -> query(Set.of("UserVanished"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type is \"UserVanished\"")
                .hasMessageContaining("UserCreated");
    }

    @Test
    void aCursorThatIsNoneIsNamed() {
        for (var cursor : List.of("x", "?", "MTIzIGE", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NSB1c2VycyB4")) {
            assertThatThrownBy(() -> query(Set.of(), Optional.of(cursor)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cursor is \"" + cursor + "\"");
        }
    }

    @Test
    void aLimitOutOfBoundsAndATimeThatEndsBeforeItBeginsAreNamed() {
        assertThatThrownBy(() -> everything(0)).hasMessageContaining("limit is 0");
        assertThatThrownBy(() -> everything(1_001)).hasMessageContaining("limit is 1001");
        assertThatThrownBy(() -> new EventQuery(
                        Set.of(),
                        RandomHistories.START,
                        RandomHistories.START.minusMillis(1),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        1,
                        Optional.empty()))
                .hasMessageContaining("to is 2026-01-01T11:59:59.999Z");
    }

    private static EventQuery everything(int limit) {
        return new EventQuery(
                Set.of(),
                EventQuery.EVER_SINCE,
                EventQuery.FOR_EVER,
                Optional.empty(),
                Optional.empty(),
                false,
                limit,
                Optional.empty());
    }

    private static EventQuery query(Set<String> types, Optional<String> cursor) {
        return new EventQuery(
                types,
                EventQuery.EVER_SINCE,
                EventQuery.FOR_EVER,
                Optional.empty(),
                Optional.empty(),
                false,
                1,
                cursor);
    }

    private static EventQuery anyQuery() {
        var random = histories.random();
        var types = new ArrayList<>(EventTypes.byName().keySet());
        Collections.shuffle(types, random);
        var a = histories.anyTime();
        var b = histories.anyTime();
        boolean ever = random.nextInt(4) == 0;
        return new EventQuery(
                Set.copyOf(types.subList(0, random.nextInt(5))),
                ever ? EventQuery.EVER_SINCE : a.isBefore(b) ? a : b,
                ever ? EventQuery.FOR_EVER : a.isBefore(b) ? b : a,
                random.nextInt(3) == 0 ? Optional.of("o-" + 3 * random.nextInt(3)) : Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of("actor " + random.nextInt(5)) : Optional.empty(),
                random.nextBoolean(),
                1 + random.nextInt(300),
                Optional.empty());
    }

    private static List<EventMessage> scan(EventQuery query) {
        return histories.left().stream()
                .filter(event -> query.types().isEmpty()
                        || query.types().contains(event.payload().getSchema().getName()))
                .filter(event -> !event.header().getOccurredAt().isBefore(query.from())
                        && event.header().getOccurredAt().isBefore(query.to()))
                .filter(event -> query.organizationId()
                        .map(event.header().getOrganizationId()::equals)
                        .orElse(true))
                .filter(event ->
                        query.actor().map(event.header().getActor()::equals).orElse(true))
                .sorted(query.newestFirst() ? ORDER.reversed() : ORDER)
                .toList();
    }

    private static List<EventMessage> pages(EventSearch search, EventQuery query) {
        var found = new ArrayList<EventMessage>();
        var page = search.find(query);
        found.addAll(page.events());
        while (page.next().isPresent()) {
            assertThat(page.events()).hasSizeLessThanOrEqualTo(query.limit());
            page = search.find(new EventQuery(
                    query.types(),
                    query.from(),
                    query.to(),
                    query.organizationId(),
                    query.actor(),
                    query.newestFirst(),
                    query.limit(),
                    page.next()));
            found.addAll(page.events());
        }
        return found;
    }

    private static ViewDriver partition(EventMessage event) {
        return partitions.get(Math.floorMod(event.header().getAggregateId().hashCode(), PARTITIONS));
    }

    private static Questions all(List<ViewDriver> partitions) {
        return new Questions() {
            @Override
            public <A> A ask(String key, Question<A> question) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <A> List<A> askAll(Question<A> question) {
                return partitions.stream()
                        .map(partition -> partition.stores().ask("", question))
                        .toList();
            }
        };
    }
}
