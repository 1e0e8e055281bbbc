package cloud.gyroscops.connectors.sidecar;

import cloud.gyroscops.connectors.http.MirrorsHttp;
import cloud.gyroscops.connectors.reconcile.Reconciliation;
import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.status.StatusFollower;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.worker.MirrorApplication;
import cloud.gyroscops.connectors.worker.MirrorTopology;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.Parts;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Mirrors to targets, hears their webhooks, compares them with the log, and tells how all that is. */
public final class Sidecar implements AutoCloseable {

    private final Parts parts = new Parts();
    private final List<MirrorApplication> mirrors = new ArrayList<>();
    private final Map<MirrorTarget, Reconciliation> reconciliations = new EnumMap<>(MirrorTarget.class);
    private final SidecarSettings settings;
    private final StatusFollower statuses;
    private final MirrorsHttp http;

    /**
     * Prepares it.
     *
     * @param streams how the worker of an application of that name runs
     * @param targets closed with it
     * @param webhooks what is served for targets, by path
     */
    public Sidecar(
            Installation installation,
            Function<String, StreamsSettings> streams,
            SidecarSettings settings,
            List<Target> targets,
            Function<Messages, Map<String, Handler>> webhooks,
            PrometheusMeterRegistry meters) {
        this.settings = settings;
        statuses = parts.opened(new StatusFollower(installation), StatusFollower::close);
        var messages = parts.opened(new Messages(installation, statuses), Messages::close);
        var admin = parts.opened(Admin.create(installation.kafka().with(Map.of())), Admin::close);
        var unread = new EnumMap<MirrorTarget, LongSupplier>(MirrorTarget.class);
        for (var target : targets) {
            var application = streams.apply(MirrorTopology.application(target.name()));
            var mirror = parts.opened(
                    new MirrorApplication(installation, application, settings.worker(), target, meters),
                    MirrorApplication::close);
            mirrors.add(mirror);
            reconciliations.put(
                    target.name(),
                    parts.opened(
                            new Reconciliation(
                                    mirror.target(),
                                    messages,
                                    statuses,
                                    installation.topics().partitions()),
                            Reconciliation::close));
            unread.put(target.name(), new Unread(admin, application.applicationId(), sources(installation, target)));
            measure(target, unread.get(target.name()), meters);
        }
        http = parts.opened(
                new MirrorsHttp(
                        settings.http(),
                        reconciliations,
                        unread,
                        statuses,
                        messages,
                        webhooks.apply(messages),
                        new Health(aliveChecks(), readyChecks()),
                        meters),
                MirrorsHttp::close);
    }

    private static List<TopicPartition> sources(Installation installation, Target target) {
        var sources = new ArrayList<TopicPartition>();
        for (var aggregate : target.aggregates()) {
            for (int partition = 0; partition < installation.topics().partitions(); partition++) {
                sources.add(new TopicPartition(installation.topics().events(aggregate), partition));
            }
        }
        return sources;
    }

    private void measure(Target target, LongSupplier unread, PrometheusMeterRegistry meters) {
        var name = target.name().name().toLowerCase(Locale.ROOT);
        Gauge.builder("mirror_lag_events", () -> unread.getAsLong() + statuses.waiting(target.name()))
                .description("Events that are not mirrored yet, parked ones not counted")
                .tag("target", name)
                .register(meters);
        Gauge.builder("mirror_lag_seconds", () -> statuses.oldestWaiting(target.name())
                        .map(oldest -> Math.max(
                                0, Duration.between(oldest, Instant.now()).toMillis() / 1_000.0))
                        .orElse(0.0))
                .description("How long ago that happened which waits longest to be mirrored")
                .tag("target", name)
                .register(meters);
        Gauge.builder("mirror_parked", () -> statuses.parked(target.name()).size())
                .description("Aggregates that are parked")
                .tag("target", name)
                .register(meters);
    }

    private Map<String, BooleanSupplier> aliveChecks() {
        var alive = new TreeMap<String, BooleanSupplier>();
        mirrors.forEach(
                mirror -> alive.put(name(mirror), () -> !mirror.streams().failed()));
        return alive;
    }

    private Map<String, BooleanSupplier> readyChecks() {
        var ready = new TreeMap<String, BooleanSupplier>();
        mirrors.forEach(mirror -> ready.put(name(mirror), mirror.streams()::running));
        ready.put("status", statuses::ready);
        return ready;
    }

    private static String name(MirrorApplication mirror) {
        return mirror.target().name().name().toLowerCase(Locale.ROOT);
    }

    /** Has something run once a mirror gives up; to be called before the start. */
    public void onFailure(Runnable reaction) {
        mirrors.forEach(mirror -> mirror.onFailure(reaction));
    }

    public void start() {
        statuses.start();
        // Before anything is mirrored: without it nobody would see how.
        http.start();
        mirrors.forEach(MirrorApplication::start);
        settings.reconcileEvery()
                .ifPresent(period -> mirrors.forEach(mirror ->
                        reconciliations.get(mirror.target().name()).every(period, mirror::worksOnTheFirstPartition)));
    }

    /** Whether all mirrors work and what was said before is known. */
    public boolean ready() {
        return mirrors.stream().allMatch(mirror -> mirror.streams().running()) && statuses.ready();
    }

    /** Where HTTP is served. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
