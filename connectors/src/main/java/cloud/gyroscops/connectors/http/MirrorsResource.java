package cloud.gyroscops.connectors.http;

import cloud.gyroscops.connectors.reconcile.Reconciliation;
import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.status.StatusFollower;
import cloud.gyroscops.contract.mirror.DiscardParked;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.ParkedAggregate;
import cloud.gyroscops.contract.mirror.PartitionStatus;
import cloud.gyroscops.contract.mirror.RetryParked;
import cloud.gyroscops.schemas.Aggregate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;

/** {@code /mirrors}: how they are, and what operators ask of them. */
final class MirrorsResource {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPERATOR = "operator";
    private static final int MOST_LISTED = 1_000;
    private static final int STALE_SECONDS = 30;

    private final Map<MirrorTarget, Reconciliation> mirrors;
    private final Map<MirrorTarget, LongSupplier> unread;
    private final StatusFollower statuses;
    private final Messages messages;

    /**
     * About these mirrors.
     *
     * @param unread how many events a mirror's worker has not even taken in
     */
    MirrorsResource(
            Map<MirrorTarget, Reconciliation> mirrors,
            Map<MirrorTarget, LongSupplier> unread,
            StatusFollower statuses,
            Messages messages) {
        this.mirrors = mirrors;
        this.unread = unread;
        this.statuses = statuses;
        this.messages = messages;
    }

    /** {@code GET /mirrors}. */
    void list(Context ctx) {
        only(ctx);
        var json = JSON.createObjectNode();
        var all = json.putArray("mirrors");
        mirrors.keySet().stream().sorted().forEach(target -> write(all.addObject(), target, false));
        answer(ctx, 200, json);
    }

    /** {@code GET /mirrors/{target}}. */
    void get(Context ctx) {
        only(ctx);
        var json = JSON.createObjectNode();
        write(json, mirror(ctx).name(), true);
        answer(ctx, 200, json);
    }

    private void write(ObjectNode json, MirrorTarget target, boolean withPartitions) {
        var partitions = statuses.partitions(target);
        var now = Instant.now();
        long waiting = statuses.waiting(target);
        long notRead = unread.get(target).getAsLong();
        json.put("target", path(target));
        json.put("lagEvents", waiting + notRead);
        json.put(
                "lagSeconds",
                Math.max(seconds(statuses.oldestWaiting(target), now), notRead > 0 ? silence(partitions, now) : 0));
        json.put("stale", silence(partitions, now) > STALE_SECONDS);
        json.put("inFlight", sum(partitions, PartitionStatus::getInFlight));
        json.put("parked", sum(partitions, PartitionStatus::getParked));
        json.put("circuit", worst(partitions));
        partitions.stream()
                .map(PartitionStatus::getLastSuccess)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(last -> json.put("lastSuccess", last.toString()));
        partitions.stream()
                .filter(partition -> partition.getPausedBecause() != null)
                .findFirst()
                .ifPresent(paused -> {
                    if (paused.getPausedUntil() != null) {
                        json.put("pausedUntil", paused.getPausedUntil().toString());
                    }
                    write(json.putObject("pausedBecause"), paused.getPausedBecause());
                });
        json.put("unknownObjects", statuses.unknown(target).size());
        if (withPartitions) {
            var rows = json.putArray("partitions");
            for (var partition : partitions) {
                var row = rows.addObject();
                row.put("partition", partition.getPartition())
                        .put("waiting", partition.getWaiting())
                        .put("inFlight", partition.getInFlight())
                        .put("parked", partition.getParked())
                        .put("circuit", partition.getCircuit())
                        .put("at", partition.getAt().toString());
                if (partition.getOldestWaiting() != null) {
                    row.put("oldestWaiting", partition.getOldestWaiting().toString());
                }
            }
        }
    }

    /** How long ago the partition that is silent longest told how it is; they all do, every few seconds, while they are worked on. */
    private static double silence(List<PartitionStatus> partitions, Instant now) {
        return seconds(partitions.stream().map(PartitionStatus::getAt).min(Comparator.naturalOrder()), now);
    }

    private static double seconds(Optional<Instant> since, Instant now) {
        return since.map(then -> Math.max(0, Duration.between(then, now).toMillis()) / 1_000.0)
                .orElse(0.0);
    }

    private static String worst(List<PartitionStatus> partitions) {
        for (var state : List.of("OPEN", "HALF_OPEN")) {
            if (partitions.stream().anyMatch(partition -> partition.getCircuit().equals(state))) {
                return state;
            }
        }
        return "CLOSED";
    }

    private static long sum(List<PartitionStatus> partitions, ToLongFunction<PartitionStatus> figure) {
        return partitions.stream().mapToLong(figure).sum();
    }

    /** {@code GET /mirrors/{target}/parked}. */
    void parked(Context ctx) {
        only(ctx, "limit", "after");
        var target = mirror(ctx).name();
        var after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
        int limit = limit(ctx);
        var found = statuses.parked(target).stream()
                .filter(parked -> name(parked).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        var json = JSON.createObjectNode();
        ArrayNode rows = json.putArray("parked");
        for (var parked : found.subList(0, Math.min(limit, found.size()))) {
            write(rows.addObject(), parked);
        }
        if (found.size() > limit) {
            json.put("next", name(found.get(limit - 1)));
        }
        answer(ctx, 200, json);
    }

    private static int limit(Context ctx) {
        var given = ctx.queryParam("limit");
        if (given == null) {
            return 100;
        }
        try {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MOST_LISTED) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        throw new Problem(400, "limit is \"" + given + "\"; it must be a whole number from 1 to " + MOST_LISTED);
    }

    private static String name(ParkedAggregate parked) {
        return Aggregate.of(parked.getAggregateType()).plural() + '/' + parked.getAggregateId();
    }

    private static void write(ObjectNode json, ParkedAggregate parked) {
        json.put("type", Aggregate.of(parked.getAggregateType()).plural())
                .put("aggregateId", parked.getAggregateId())
                .put("organizationId", parked.getOrganizationId())
                .put("version", parked.getVersion())
                .put("eventType", parked.getEventType())
                .put("operation", parked.getOperation())
                .put("since", parked.getSince().toString())
                .put("attempts", parked.getAttempts())
                .put("waiting", parked.getWaiting());
        write(json.putObject("error"), parked.getError());
    }

    private static void write(ObjectNode json, MirrorError error) {
        json.put("code", error.getCode()).put("message", error.getMessage());
        if (error.getHttpStatus() != null) {
            json.put("httpStatus", error.getHttpStatus());
        }
    }

    /** {@code POST /mirrors/{target}/parked/retry}: all that is parked, or what has an error of this code. */
    void retryAll(Context ctx) {
        only(ctx, "code");
        var target = mirror(ctx).name();
        var code = ctx.queryParam("code");
        var found = statuses.parked(target).stream()
                .filter(parked -> code == null || parked.getError().getCode().equals(code))
                .toList();
        var asked = found.stream()
                .map(parked -> messages.ask(
                        target,
                        parked.getAggregateType(),
                        parked.getAggregateId(),
                        actor(ctx),
                        new RetryParked(parked.getVersion())))
                .toArray(CompletableFuture[]::new);
        ctx.future(() -> CompletableFuture.allOf(asked)
                .thenRun(() -> answer(ctx, 202, JSON.createObjectNode().put("aggregates", found.size()))));
    }

    /** {@code POST /mirrors/{target}/parked/{aggregateId}/retry}. */
    void retry(Context ctx) {
        ask(ctx, parked -> new RetryParked(parked.getVersion()));
    }

    /** {@code POST /mirrors/{target}/parked/{aggregateId}/discard}. */
    void discard(Context ctx) {
        ask(ctx, parked -> new DiscardParked(parked.getVersion()));
    }

    private void ask(Context ctx, Function<ParkedAggregate, SpecificRecord> control) {
        only(ctx, "type");
        var target = mirror(ctx).name();
        var id = ctx.pathParam("aggregateId");
        var type = ctx.queryParam("type");
        var found = statuses.parked(target).stream()
                .filter(parked -> parked.getAggregateId().equals(id)
                        && (type == null
                                || Aggregate.of(parked.getAggregateType())
                                        .plural()
                                        .equals(type)))
                .toList();
        if (found.isEmpty()) {
            throw new Problem(404, "nothing of " + id + " is parked in " + path(target));
        }
        if (found.size() > 1) {
            throw new Problem(
                    400,
                    "there are a user and an organization " + id + "; say which with ?type=users or organizations");
        }
        var parked = found.get(0);
        ctx.future(() -> messages.ask(target, parked.getAggregateType(), id, actor(ctx), control.apply(parked))
                .thenRun(() -> answer(ctx, 202, JSON.createObjectNode().put("aggregateId", id))));
    }

    private static String actor(Context ctx) {
        var actor = ctx.header("X-Actor");
        return actor == null || actor.isBlank() || actor.length() > 255 ? OPERATOR : actor;
    }

    /** {@code POST /mirrors/{target}/reconcile?dryRun=true}. */
    void reconcile(Context ctx) {
        only(ctx, "dryRun");
        var mirror = mirror(ctx);
        var given = Optional.ofNullable(ctx.queryParam("dryRun")).orElse("false");
        if (!given.equals("true") && !given.equals("false")) {
            throw new Problem(400, "dryRun is \"" + given + "\"; it must be true or false");
        }
        var runId = mirror.compare(actor(ctx), given.equals("true")).orElseThrow(() -> underWay(mirror));
        begun(ctx, mirror, runId);
    }

    private static Problem underWay(Reconciliation mirror) {
        return new Problem(409, "a run over " + path(mirror.name()) + " is under way; wait for its end");
    }

    /** {@code POST /mirrors/{target}/replay}. */
    void replay(Context ctx) {
        only(ctx);
        var mirror = mirror(ctx);
        begun(ctx, mirror, mirror.replay(actor(ctx)).orElseThrow(() -> underWay(mirror)));
    }

    private static void begun(Context ctx, Reconciliation mirror, String runId) {
        ctx.header("Location", "/mirrors/" + path(mirror.name()) + "/runs/" + runId);
        answer(ctx, 202, JSON.createObjectNode().put("runId", runId));
    }

    /** {@code GET /mirrors/{target}/runs/{runId}}. */
    void run(Context ctx) {
        only(ctx);
        var mirror = mirror(ctx);
        var runId = ctx.pathParam("runId");
        var progress =
                mirror.progress(runId).orElseThrow(() -> new Problem(404, "nobody knows of a run " + runId + " yet"));
        answer(ctx, 200, JSON.valueToTree(progress));
    }

    /** {@code GET /mirrors/{target}/unknown}. */
    void unknown(Context ctx) {
        only(ctx, "limit");
        var target = mirror(ctx).name();
        var json = JSON.createObjectNode();
        var rows = json.putArray("unknown");
        statuses.unknown(target).stream().limit(limit(ctx)).forEach(object -> rows.addObject()
                .put("externalId", object.getExternalId())
                .put("kind", object.getKind())
                .put("firstSeen", object.getFirstSeen().toString())
                .put("lastSeen", object.getLastSeen().toString())
                .put("times", object.getTimes()));
        answer(ctx, 200, json);
    }

    /** What is mistyped must not be passed over: a look would become a repair. */
    private static void only(Context ctx, String... known) {
        for (var name : ctx.queryParamMap().keySet()) {
            if (!List.of(known).contains(name)) {
                throw new Problem(
                        400,
                        "there is no parameter " + name + " here; "
                                + (known.length == 0 ? "there are none" : "there are " + List.of(known)));
            }
        }
    }

    private Reconciliation mirror(Context ctx) {
        var given = ctx.pathParam("target");
        return mirrors.entrySet().stream()
                .filter(mirror -> path(mirror.getKey()).equals(given))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        404,
                        "there is no mirror " + given + "; there are "
                                + mirrors.keySet().stream()
                                        .map(MirrorsResource::path)
                                        .sorted()
                                        .toList()));
    }

    private static String path(MirrorTarget target) {
        return target.name().toLowerCase(Locale.ROOT);
    }

    private static void answer(Context ctx, int status, JsonNode json) {
        ctx.status(status).contentType("application/json").result(json.toString());
    }
}
