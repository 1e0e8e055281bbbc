package cloud.gyroscops.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.model.Query.Conversation;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** How answers are held against what is expected. */
final class Expect {

    private Expect() {}

    static void same(JsonNode expected, Reply reply) {
        assertThat(reply.status()).as("%s", reply.json()).isEqualTo(200);
        if (!Reply.same(expected, reply.json())) {
            // For the message: where numbers are written as they are read, both look alike but for the mistake.
            assertThat(reply.json().toPrettyString()).isEqualTo(expected.toPrettyString());
            throw new AssertionError(reply.json() + " is not " + expected);
        }
    }

    static void status(int expected, Reply reply) {
        assertThat(reply.status()).as("%s", reply.json()).isEqualTo(expected);
    }

    /** Each page has as many rows as there may be, and leads to the next one until there are no more. */
    static void pages(List<? extends JsonNode> expected, String rows, int limit, boolean total, Conversation asked) {
        var reply = asked.first();
        for (int from = 0; ; from += limit) {
            status(200, reply);
            int to = Math.min(from + limit, expected.size());
            if (total) {
                assertThat(reply.json().path("total").intValue()).isEqualTo(expected.size());
            }
            same(
                    expected.subList(Math.min(from, to), to).stream().collect(Reply.toArray()),
                    new Reply(200, reply.json().path(rows)));
            assertThat(reply.json().has("next")).as("next of %s", reply.json()).isEqualTo(to < expected.size());
            if (to == expected.size()) {
                return;
            }
            reply = asked.next(reply.json().path("next").textValue());
        }
    }

    /** The same where pages may be shorter than they could be. */
    static void anyPages(List<? extends JsonNode> expected, String rows, int limit, Conversation asked) {
        var found = new ArrayList<JsonNode>();
        var reply = asked.first();
        while (true) {
            status(200, reply);
            assertThat(reply.json().path(rows).size()).isLessThanOrEqualTo(limit);
            reply.json().path(rows).forEach(found::add);
            if (!reply.json().has("next")) {
                break;
            }
            reply = asked.next(reply.json().path("next").textValue());
        }
        same(
                expected.stream().collect(Reply.toArray()),
                new Reply(200, found.stream().collect(Reply.toArray())));
    }
}
