package cloud.gyroscops.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.schemas.EventKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FeedRestartIT {

    /** Events that are read before the server restarts. */
    private static final int BEFORE = 1_500;
    /** Transactions that are committed or aborted once it is back. */
    private static final int AFTER = 400;

    private static final int AGGREGATES = 40;
    private static final String LAST = "o-last";

    @TempDir
    private Path directory;

    private final Random random = new Random(20_260_101);
    private final CountDownLatch restartDue = new CountDownLatch(1);
    private final CountDownLatch restarted = new CountDownLatch(1);
    private final AtomicInteger committedMeanwhile = new AtomicInteger();
    private volatile boolean away;

    private int failedBefore;

    @Test
    @Timeout(180)
    void everyCommittedEventIsDeliveredOnceAndInOrderOfItsAggregateThroughARestartOfTheServer() throws Exception {
        try (var system = new SplitSystem(directory)) {
            // So small that who catches up has to begin anew with the queue.
            var settings = new FeedSettings(10, 300, Duration.ofSeconds(1));
            system.startApi(settings);
            var committed = new ArrayList<String>();
            var writing = new Thread(() -> committed.addAll(write(system)));
            writing.start();
            var restarting = new Thread(() -> restart(system, settings));
            restarting.start();

            var got = new ArrayList<String>();
            int visits = 0;
            String position = null;
            // The last event of all may come before others, of other partitions.
            for (boolean ended = false; !ended || got.size() < committed.size(); ) {
                try (var reader =
                        FeedClient.open(system.http(), position == null ? "?start=beginning" : "", position)) {
                    visits++;
                    // Most go before they are sent away.
                    int stay = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 50 + random.nextInt(2_000);
                    for (int i = 0; i < stay && (!ended || got.size() < committed.size()); i++) {
                        var said = reader.next();
                        if (said == null || !said.type().equals("message")) {
                            break;
                        }
                        assertThat(said.data().path("payload").path("name").textValue())
                                .isNotEqualTo("Aborted");
                        got.add(said.key());
                        position = reader.lastEventId();
                        if (got.size() == BEFORE) {
                            restartDue.countDown();
                        }
                        if (said.key().equals(LAST + "@1")) {
                            writing.join();
                            ended = true;
                        }
                    }
                    if (reader.status() != 200) {
                        awaitRestart();
                    }
                } catch (IOException | RuntimeException e) {
                    // The server is on its way down or up, and so is its address.
                    awaitRestart();
                }
            }
            writing.join();
            restarting.join();

            assertThat(restarted.getCount()).isZero();
            assertThat(visits).isGreaterThan(2);
            assertThat(committedMeanwhile.get()).as("while the server was away").isPositive();
            assertThat(got).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(committed);
            var last = new HashMap<String, Long>();
            got.forEach(key -> assertThat(EventKey.version(key))
                    .as(key)
                    .isEqualTo(last.merge(EventKey.aggregateId(key), 1L, Long::sum)));
        }
    }

    /** One that stalled may be cut off before, too, now and then; only more visits make the restart due. */
    private void awaitRestart() throws InterruptedException {
        if (restartDue.getCount() == 0) {
            restarted.await();
        } else {
            assertThat(++failedBefore)
                    .as("visits that failed while the server was there")
                    .isLessThan(5);
        }
    }

    private List<String> write(SplitSystem system) {
        var choice = new Random(7);
        try (var writer = new EventWriter(system.installation())) {
            for (int after = 0; after < AFTER; after += restarted.getCount() == 0 ? 1 : 0) {
                writer.begin();
                boolean abort = choice.nextInt(4) == 0;
                int events = 1 + choice.nextInt(20);
                for (int j = 0; j < events; j++) {
                    var id = "o-" + choice.nextInt(AGGREGATES);
                    writer.write(id, id, new OrganizationRenamed(abort ? "Aborted" : "Emca " + j));
                }
                if (abort) {
                    writer.abort();
                } else {
                    writer.commit();
                    committedMeanwhile.addAndGet(away ? 1 : 0);
                }
            }
            writer.begin().write(LAST, LAST, new OrganizationCreated("Last")).commit();
            return writer.committed();
        }
    }

    private void restart(SplitSystem system, FeedSettings settings) {
        try {
            restartDue.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        system.stopApi();
        away = true;
        system.startApi(settings);
        away = false;
        restarted.countDown();
    }
}
