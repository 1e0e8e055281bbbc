package cloud.gyroscops.connectors.reconcile;

import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.status.StatusFollower;
import cloud.gyroscops.connectors.target.Listed;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.CompareObject;
import cloud.gyroscops.contract.mirror.FinishComparison;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.ReplayAll;
import cloud.gyroscops.contract.mirror.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
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
    private static final int KEPT = 20;

    /** Whoever lists tells how far it is after every page. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final Target target;
    private final Messages messages;
    private final StatusFollower statuses;
    private final int partitions;
    private final ExecutorService threads;
    private final AtomicBoolean running = new AtomicBoolean();

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
     * @param error why it was given up; null: it was not
     */
    public record Progress(
            String runId,
            boolean finished,
            String error,
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

    /**
     * Begins a comparison; empty: a run is under way.
     *
     * @throws CompletionException if Kafka does not take it
     */
    public Optional<String> compare(String actor, boolean dryRun) {
        if (underWay() || !running.compareAndSet(false, true)) {
            return Optional.empty();
        }
        var runId = id();
        boolean begun = false;
        try {
            messages.run(target.name(), listing(runId, 0, 0, 0, false, null)).join();
            begun = execute(() -> {
                try {
                    list(runId, actor, dryRun);
                } finally {
                    running.set(false);
                }
            });
        } finally {
            if (!begun) {
                running.set(false);
            }
        }
        return Optional.of(runId);
    }

    /**
     * Shows the target all that should be there; empty: a run is under way.
     *
     * @throws CompletionException if Kafka does not take it
     */
    public Optional<String> replay(String actor) {
        if (underWay() || running.get()) {
            return Optional.empty();
        }
        var runId = id();
        messages.askAll(target.name(), actor, new ReplayAll(runId)).join();
        messages.run(target.name(), listing(runId, 0, 0, 0, true, null)).join();
        return Optional.of(runId);
    }

    /** Whether a run goes on, whoever began it; of one that nobody has spoken of for a while, nothing more will come. */
    private boolean underWay() {
        var fresh = Instant.now().minus(FRESH);
        return statuses.runs(target.name()).stream()
                .filter(run -> run.getAt().isAfter(fresh))
                .map(RunStatus::getRunId)
                .distinct()
                .anyMatch(run ->
                        progress(run).filter(progress -> !progress.finished()).isPresent());
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
                try {
                    if (turn.getAsBoolean()) {
                        compare(SCHEDULE, false);
                    }
                } catch (CompletionException e) {
                    LOG.warn("{}: no comparison could be begun", target.name(), e);
                }
            }
        });
    }

    private boolean execute(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{}: no run is begun any more", target.name());
            return false;
        }
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private void list(String runId, String actor, boolean dryRun) {
        var began = Instant.now();
        long seen = 0;
        long unknown = 0;
        try {
            var cursor = Optional.<String>empty();
            var kinds = new HashSet<String>();
            do {
                var page = page(cursor);
                for (var object : page.objects()) {
                    kinds.add(object.kind());
                    unknown += show(runId, object, actor, dryRun) ? 0 : 1;
                }
                seen += page.objects().size();
                cursor = page.next();
                messages.run(target.name(), listing(runId, seen, page.total().orElse(0), unknown, false, null))
                        .join();
            } while (cursor.isPresent());
            forgetOld(kinds, began);
            messages.askAll(target.name(), actor, new FinishComparison(runId, began, dryRun))
                    .join();
            messages.run(target.name(), listing(runId, seen, seen, unknown, true, null))
                    .join();
        } catch (InterruptedException stopping) {
            giveUp(runId, seen, unknown, new MirrorError("STOPPED", "the sidecar was stopped", null));
            Thread.currentThread().interrupt();
        } catch (TargetException e) {
            giveUp(runId, seen, unknown, e.error());
        } catch (RuntimeException e) {
            LOG.warn("{}: the comparison {} failed", target.name(), runId, e);
            giveUp(runId, seen, unknown, new MirrorError("FAILED", "the log of the sidecar says why", null));
        }
    }

    private void giveUp(String runId, long seen, long unknown, MirrorError error) {
        LOG.warn(
                "{}: the comparison {} was given up: {} {}", target.name(), runId, error.getCode(), error.getMessage());
        messages.run(target.name(), listing(runId, seen, 0, unknown, true, error));
    }

    /** What a whole listing has not shown is gone; of runs, the latest are remembered. */
    private void forgetOld(Set<String> kinds, Instant began) {
        statuses.unknown(target.name()).stream()
                .filter(object ->
                        kinds.contains(object.getKind()) && object.getLastSeen().isBefore(began))
                .forEach(object -> messages.known(target.name(), object.getExternalId()));
        statuses.runs(target.name()).stream()
                .filter(run -> run.getPartition() == LISTING)
                .sorted(Comparator.comparing(RunStatus::getAt).reversed())
                .skip(KEPT)
                .forEach(run -> messages.forget(target.name(), run));
    }

    private Page page(Optional<String> cursor) throws TargetException, InterruptedException {
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

    private static RunStatus listing(
            String runId, long seen, long total, long unknown, boolean finished, MirrorError error) {
        return new RunStatus(runId, LISTING, seen, 0L, unknown, 0L, 0L, 0L, total, finished, error, Instant.now());
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
        var error = listing.get().getError();
        var lastWord = parts.stream()
                .map(RunStatus::getAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (error == null
                && !listing.get().getFinished()
                && lastWord.isBefore(Instant.now().minus(FRESH))) {
            error = new MirrorError("SILENT", "who began it says nothing any more; begin another one", null);
        }
        boolean finished = error != null
                || listing.get().getFinished()
                        && workers.stream()
                                        .filter(part -> part.getFinished() && part.getOutstanding() == 0)
                                        .count()
                                == partitions;
        return Optional.of(new Progress(
                runId,
                finished,
                error == null ? null : error.getCode() + ": " + error.getMessage(),
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

    private static long sum(List<RunStatus> parts, ToLongFunction<RunStatus> figure) {
        return parts.stream().mapToLong(figure).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
