package cloud.gyroscops.topology.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after {@link LeftTransactions} for as long as an instance runs. */
final class Fencing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fencing.class);

    /** A part of the time without results after a crash; a look is one small request to each broker. */
    private static final long EVERY_MS = 300;

    /** No look may take so long that others become pointless; a broker that is dying does not answer. */
    private static final int ANSWER_WITHIN_MS = 3_000;

    private final String application;
    private final Admin admin;
    private final Optional<LeftTransactions> left;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "fencing");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Prepares it.
     *
     * @param clientId of one of the main consumers of this instance
     */
    Fencing(StreamsSettings settings, String clientId) {
        application = settings.applicationId();
        admin = Admin.create(settings.kafka()
                .with(Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS)));
        left = LeftTransactions.of(admin, application, clientId);
        if (left.isEmpty()) {
            LOG.warn(
                    "{}: transactions of dead instances end by time-out only: client id {} does not name the process",
                    application,
                    clientId);
        }
    }

    /** To be called before the application starts. */
    void start() {
        left.ifPresent(transactions -> {
            if (attempt(transactions::endOwn)) {
                looks.scheduleWithFixedDelay(
                        () -> {
                            if (!attempt(transactions::endOthers)) {
                                looks.shutdown();
                            }
                        },
                        EVERY_MS,
                        EVERY_MS,
                        TimeUnit.MILLISECONDS);
            }
        });
    }

    @FunctionalInterface
    private interface Look {
        void run() throws ExecutionException, InterruptedException;
    }

    /** Whether there is a point in looking again. */
    private boolean attempt(Look look) {
        try {
            look.run();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn(
                        "{}: transactions of dead instances end by time-out only: {} (DESCRIBE on the group, DESCRIBE and"
                                + " WRITE on transactional ids are needed)",
                        application,
                        e.getCause().getMessage());
                return false;
            }
            LOG.debug("{}: no look at transactions this time", application, e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            LOG.warn("{}: a look at transactions failed", application, e);
        }
        return true;
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
