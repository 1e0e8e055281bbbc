package cloud.gyroscops.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.model.Query.Conversation;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Queries about one organization, user or payment, as it is and as it was. */
final class SingleQueries {

    private SingleQueries() {}

    static Query latest(Aggregate aggregate, String id, boolean english) {
        return details(aggregate, id, "", english, event -> true, false);
    }

    static Query ofVersion(Aggregate aggregate, String id, long version, boolean english) {
        return details(
                aggregate,
                id,
                "?version=" + version,
                english,
                event -> event.header().getVersion() <= version,
                true);
    }

    static Query at(Aggregate aggregate, String id, Instant time, boolean english) {
        return details(
                aggregate,
                id,
                "?at=" + time,
                english,
                event -> !event.header().getOccurredAt().isAfter(time),
                true);
    }

    private static Query details(
            Aggregate aggregate, String id, String when, boolean english, Predicate<EventMessage> until, boolean past) {
        var version = when.startsWith("?version=") ? Long.parseLong(when.substring(9)) : 0;
        return new Query(path(aggregate, id) + when, english, (story, now, asked) -> {
            var events = story.of(aggregate, id);
            boolean toCome = events.isEmpty()
                    || version > events.get(events.size() - 1).header().getVersion();
            if (toCome) {
                Expect.status(404, asked.first());
                return;
            }
            switch (aggregate) {
                case ORGANIZATIONS -> {
                    var life = story.told(new OrganizationLife(id), until);
                    judge(asked, life.last == null ? null : life.details());
                }
                case USERS -> judge(asked, user(story, id, until, past), story, english);
                case PAYMENTS -> {
                    var life = story.told(new PaymentLife(id), until);
                    judge(asked, life.last == null ? null : payment(story, life, seen(when, life, now)));
                }
            }
        });
    }

    static Query withStatuses(String id) {
        return Query.of("/payments/" + id + "?include=statusHistory", (story, now, asked) -> {
            var life = story.told(new PaymentLife(id), event -> true);
            judge(asked, life.last == null ? null : payment(story, life, now).set("statusHistory", life.statuses()));
        });
    }

    static Query report(String id) {
        return Query.of("/payments/" + id + "/report", (story, now, asked) -> {
            var life = story.told(new PaymentLife(id), event -> true);
            if (life.last == null) {
                Expect.status(404, asked.first());
                return;
            }
            var json = Reply.object();
            json.set("summary", life.summary(story.organizationName(life.created.getOrganizationId()), now));
            json.set("statusHistory", life.statuses());
            json.set("auditTrail", trail(story.of(Aggregate.PAYMENTS, id)).collect(Reply.toArray()));
            json.set("metadata", life.metadata());
            Expect.same(json, asked.first());
        });
    }

    static Query history(Aggregate aggregate, String id, long from, int limit) {
        return ofEvents(aggregate, id, "history", "events", from, limit, AvroToJson::event);
    }

    /** Of users and payments. */
    static Query audit(Aggregate aggregate, String id, long from, int limit) {
        return ofEvents(aggregate, id, "audit", "entries", from, limit, SingleQueries::entry);
    }

    private static Query ofEvents(
            Aggregate aggregate,
            String id,
            String what,
            String rows,
            long from,
            int limit,
            Function<EventMessage, JsonNode> shown) {
        var path = path(aggregate, id) + "/" + what + "?from=" + from + "&limit=" + limit;
        return Query.of(path, (story, now, asked) -> {
            var events = story.of(aggregate, id);
            if (events.isEmpty()) {
                Expect.status(404, asked.first());
                return;
            }
            Expect.pages(
                    events.stream()
                            .filter(event -> event.header().getVersion() >= from)
                            .map(shown)
                            .toList(),
                    rows,
                    limit,
                    false,
                    asked);
        });
    }

    private static Stream<JsonNode> trail(List<EventMessage> events) {
        return events.stream().map(SingleQueries::entry);
    }

    private static JsonNode entry(EventMessage event) {
        ObjectNode json = Reply.object()
                .put("version", event.header().getVersion())
                .put("type", event.payload().getSchema().getName())
                .put("time", event.header().getOccurredAt().toString())
                .put("actor", event.header().getActor());
        json.set("details", AvroToJson.record(event.payload()));
        return json;
    }

    /** The moment as of which a payment is shown: a version as of when it was made. */
    private static Instant seen(String when, PaymentLife life, Instant now) {
        if (when.startsWith("?version=")) {
            return life.updatedAt();
        }
        return when.startsWith("?at=") ? Instant.parse(when.substring(4)) : now;
    }

    private static ObjectNode payment(Story story, PaymentLife life, Instant now) {
        var json = life.summary(story.organizationName(life.created.getOrganizationId()), now);
        json.set("metadata", life.metadata());
        return json;
    }

    /** Up to then; but who is erased now is erased at any time. */
    private static UserLife user(Story story, String id, Predicate<EventMessage> until, boolean past) {
        var latest = story.told(new UserLife(id), event -> true);
        return past && latest.erasedAt == null ? story.told(new UserLife(id), until) : latest;
    }

    private static void judge(Conversation asked, UserLife life, Story story, boolean english) {
        boolean past = asked.path().contains("?");
        if (life.last == null) {
            Expect.status(404, asked.first());
        } else if (life.erasedAt != null || life.deletedAt != null && !past) {
            var gone = asked.first();
            Expect.status(410, gone);
            var when = life.erasedAt == null ? life.deletedAt : life.erasedAt;
            assertThat(gone.json().path("deletedAt").textValue()).isEqualTo(when.toString());
        } else {
            Expect.same(life.details(story.organizationName(life.organizationId), english), asked.first());
        }
    }

    /** Null: it is not there. */
    private static void judge(Conversation asked, JsonNode expected) {
        if (expected == null) {
            Expect.status(404, asked.first());
        } else {
            Expect.same(expected, asked.first());
        }
    }

    private static String path(Aggregate aggregate, String id) {
        return "/" + aggregate.plural() + "/" + id;
    }
}
