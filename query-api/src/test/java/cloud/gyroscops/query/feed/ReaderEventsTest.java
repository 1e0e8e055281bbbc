package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In random orders: events are written, the tail hears them, the reader reads, takes, goes, and comes back. */
class ReaderEventsTest {

    private static final int RUNS = 500;
    private static final int STEPS = 400;
    private static final int QUEUE = 6;

    private final List<Runnable> feeding = new ArrayList<>();
    private final List<CutOff> ends = new ArrayList<>();

    @Test
    void whoeverComesBackGetsEveryEventOnceAndInOrder() throws InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            thenAllOnce(run, FeedFilter.EVERYTHING);
        }
    }

    @Test
    void whoWantsSomeGetsEveryOneOfThemOnceAndInOrder() throws InterruptedException {
        var users = new FeedFilter(Set.of(Aggregate.USERS), Set.of(), Set.of(), Set.of());
        for (int run = 0; run < RUNS; run++) {
            thenAllOnce(run, users);
        }
    }

    @Test
    void whoTakesNothingHasTooMany() throws InterruptedException {
        var log = new GrowingLog(new Random(1));
        var reader = reader(log, FeedFilter.EVERYTHING, Optional.empty());
        for (int i = 0; i < 10 * QUEUE; i++) {
            log.grow();
        }
        assertThat(reader.tooMany()).isFalse();

        log.hear(Integer.MAX_VALUE);

        assertThat(reader.tooMany()).isTrue();
    }

    @Test
    void aPositionThatTheTailHasNotComeToIsKnown() throws InterruptedException {
        var log = new GrowingLog(new Random(1));
        var ahead = new FeedPosition(new long[] {0, 0, 1, 0, 0, 0});
        var reader = reader(log, FeedFilter.EVERYTHING, Optional.of(ahead));

        assertThat(reader.tailHasComeTo(ahead)).isFalse();
        reader.heardAllBefore(new long[] {0, 0, 1, 0, 0, 0});
        assertThat(reader.tailHasComeTo(ahead)).isTrue();
    }

    private void thenAllOnce(int run, FeedFilter filter) throws InterruptedException {
        var random = new Random(run);
        var log = new GrowingLog(random);
        var got = new ArrayList<String>();
        var reader = reader(log, filter, Optional.of(FeedPosition.beginning(log.partitions.count())));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6 -> log.grow();
                case 7, 8, 9, 10 -> log.hear(random.nextInt(3));
                case 11, 12, 13 -> read(reader);
                case 14 -> {
                    var position = FeedPosition.parse(reader.position().toString(), log.partitions.count());
                    reader.close();
                    reader = reader(log, filter, Optional.of(position));
                }
                default -> take(reader, got, 1 + random.nextInt(3));
            }
            if (reader.tooMany() && random.nextBoolean()) {
                reader.lagBehind();
            }
        }
        log.hear(Integer.MAX_VALUE);
        if (reader.tooMany()) {
            reader.lagBehind();
        }
        for (int i = 0; i < STEPS; i++) {
            read(reader);
            take(reader, got, Integer.MAX_VALUE);
        }

        var wanted = log.places().stream()
                .filter(place -> filter.wants(log.partitions, partition(place)))
                .toList();
        assertThat(got).as("run %d", run).containsExactlyInAnyOrderElementsOf(wanted);
        for (int partition = 0; partition < log.partitions.count(); partition++) {
            int one = partition;
            assertThat(got.stream().filter(place -> partition(place) == one))
                    .as("run %d, partition %d", run, partition)
                    .containsExactlyElementsOf(wanted.stream()
                            .filter(place -> partition(place) == one)
                            .toList());
        }
        assertThat(ends).isEmpty();
        reader.close();
    }

    private ReaderEvents reader(GrowingLog log, FeedFilter filter, Optional<FeedPosition> after)
            throws InterruptedException {
        feeding.clear();
        var reader = new ReaderEvents(
                log,
                log.partitions,
                filter,
                QUEUE,
                () -> {},
                ends::add,
                position -> log.catchUp(filter, position.clone(), feeding));
        reader.begin(after);
        return reader;
    }

    private void read(ReaderEvents reader) {
        feeding.forEach(Runnable::run);
        reader.reading().ifPresent(catchUp -> reader.read(catchUp.read()));
    }

    private static void take(ReaderEvents reader, List<String> got, int most) {
        for (int i = 0; i < most; i++) {
            var event = reader.next();
            if (event.isEmpty()) {
                return;
            }
            got.add(GrowingLog.place(event.get()));
        }
    }

    private static int partition(String place) {
        return Integer.parseInt(place.substring(0, place.indexOf(':')));
    }
}
