package cloud.gyroscops.connectors.reconcile;

import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.status.StatusFollower;
import cloud.gyroscops.connectors.target.Listed;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.CompareObject;
import cloud.gyroscops.contract.mirror.FinishComparison;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.ReplayAll;
import cloud.gyroscops.contract.mirror.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs over a whole target. A comparison pages through its objects and shows each, by a hash of its fields, to the worker that
 * has its aggregate; what has not been shown is missing. Differences are looked at, and put right, in the aggregates' lanes.
 */
public final class Reconciliation implements AutoCloseable {

    /** The partition under which a run tells how far the listing is. */
    public static final int LISTING = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MOST_FAILURES = 30;
    private static final String SCHEDULE = "schedule";

    private final Target target;
    private final Messages messages;
    private final StatusFollower statuses;
    private final int partitions;
    private final ExecutorService threads;
    private final ConcurrentHashMap<String, Boolean> running = new ConcurrentHashMap<>();

    /** For one target, whose worker runs somewhere. */
    public Reconciliation(Target target, Messages messages, StatusFollower statuses, int partitions) {
        this.target = target;
        this.messages = messages;
        this.statuses = statuses;
        this.partitions = partitions;
        threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "reconcile-" + target.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    public MirrorTarget name() {
        return target.name();
    }

    /**
     * How a run is.
     *
     * @param finished whether there is nothing to come
     * @param listed how many of the target's objects were seen
     * @param total how many there are, if the target tells; else 0
     * @param unknown objects that bear no id of ours
     */
    public record Progress(
            String runId,
            boolean finished,
            long listed,
            long total,
            long unknown,
            long compared,
            long missing,
            long extra,
            long differing,
            long corrected,
            long skipped,
            long outstanding) {}

    /** Begins a comparison; empty: one is running here. */
    public Optional<String> compare(String actor, boolean dryRun) {
        var runId = id();
        if (running.putIfAbsent("compare", true) != null) {
            return Optional.empty();
        }
        execute(() -> {
            try {
                list(runId, actor, dryRun);
            } finally {
                running.remove("compare");
            }
        });
        return Optional.of(runId);
    }

    /** Shows the target all that should be there. */
    public String replay(String actor) {
        var runId = id();
        messages.askAll(target.name(), actor, new ReplayAll(runId)).join();
        messages.run(target.name(), listing(runId, 0, 0, 0, true)).join();
        return runId;
    }

    /** Compares regularly, where that says that it is this instance's turn. */
    public void every(Duration period, BooleanSupplier turn) {
        execute(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    TimeUnit.MILLISECONDS.sleep(period.toMillis());
                } catch (InterruptedException stopping) {
                    return;
                }
                if (turn.getAsBoolean()) {
                    compare(SCHEDULE, false);
                }
            }
        });
    }

    private void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{}: no run is begun any more", target.name());
        }
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private void list(String runId, String actor, boolean dryRun) {
        var began = Instant.now();
        try {
            var cursor = Optional.<String>empty();
            long seen = 0;
            long unknown = 0;
            do {
                var page = page(cursor);
                for (var object : page.objects()) {
                    unknown += show(runId, object, actor, dryRun) ? 0 : 1;
                }
                seen += page.objects().size();
                cursor = page.next();
                messages.run(target.name(), listing(runId, seen, page.total().orElse(0), unknown, false))
                        .join();
            } while (cursor.isPresent());
            messages.askAll(target.name(), actor, new FinishComparison(runId, began, dryRun))
                    .join();
            messages.run(target.name(), listing(runId, seen, seen, unknown, true))
                    .join();
        } catch (TargetException e) {
            LOG.warn("{}: the comparison {} was given up: {} {}", target.name(), runId, e.code(), e.getMessage());
        } catch (CompletionException e) {
            LOG.warn("{}: the comparison {} was given up: Kafka took no more", target.name(), runId, e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private cloud.gyroscops.connectors.target.Page page(Optional<String> cursor)
            throws TargetException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return target.list(cursor);
            } catch (TargetException.Unavailable e) {
                if (failures == MOST_FAILURES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(e.retryAfter().orElse(PAUSE).toMillis());
            }
        }
    }

    /** Whether it is one of ours, or becomes one. */
    private boolean show(String runId, Listed object, String actor, boolean dryRun) {
        if (object.aggregateId().isPresent()) {
            messages.ask(
                            target.name(),
                            object.aggregate().type(),
                            object.aggregateId().get(),
                            actor,
                            new CompareObject(runId, object.externalId(), object.fingerprint(), dryRun))
                    .join();
            return true;
        }
        if (!object.adoption().isEmpty() && !dryRun) {
            object.adoption().forEach(fact -> messages.publish(fact).join());
            return true;
        }
        messages.unknown(target.name(), object.externalId(), object.kind()).join();
        return false;
    }

    private static RunStatus listing(String runId, long seen, long total, long unknown, boolean finished) {
        return new RunStatus(runId, LISTING, seen, 0L, unknown, 0L, 0L, 0L, total, finished, Instant.now());
    }

    /** How a run is by now, whoever began it; empty: nobody knows of it. */
    public Optional<Progress> progress(String runId) {
        List<RunStatus> parts = statuses.run(target.name(), runId);
        var listing =
                parts.stream().filter(part -> part.getPartition() == LISTING).findFirst();
        if (listing.isEmpty()) {
            return Optional.empty();
        }
        var workers =
                parts.stream().filter(part -> part.getPartition() != LISTING).toList();
        boolean finished = listing.get().getFinished()
                && workers.stream()
                                .filter(part -> part.getFinished() && part.getOutstanding() == 0)
                                .count()
                        == partitions;
        return Optional.of(new Progress(
                runId,
                finished,
                listing.get().getCompared(),
                listing.get().getOutstanding(),
                listing.get().getExtra(),
                sum(workers, RunStatus::getCompared),
                sum(workers, RunStatus::getMissing),
                sum(workers, RunStatus::getExtra),
                sum(workers, RunStatus::getDiffering),
                sum(workers, RunStatus::getCorrected),
                sum(workers, RunStatus::getSkipped),
                sum(workers, RunStatus::getOutstanding)));
    }

    private static long sum(List<RunStatus> parts, java.util.function.ToLongFunction<RunStatus> figure) {
        return parts.stream().mapToLong(figure).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
