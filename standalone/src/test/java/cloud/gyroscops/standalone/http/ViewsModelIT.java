package cloud.gyroscops.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.query.model.Query;
import cloud.gyroscops.query.model.RandomActs;
import cloud.gyroscops.query.model.RandomQueries;
import cloud.gyroscops.query.model.Reply;
import cloud.gyroscops.query.model.Story;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.topology.view.ViewTopology;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random commands over HTTP, and after each of them every view, asked with the tokens of the latest ones, against a plain
 * model of the events in the topics: with a broker and several partitions, through restarts with and without local state,
 * and on views that an application of its own builds from the first event. Other commands, or more of them:
 * {@code -Dviews.model.seed=7 -Dviews.model.steps=300}.
 */
class ViewsModelIT {

    private static final long SEED = Long.getLong("views.model.seed", 20_260_101);
    private static final int STEPS = Integer.getInteger("views.model.steps", 60);
    private static final int LATEST = 8;

    @TempDir
    private Path directory;

    private final Story story = new Story();
    private final RandomActs acts = new RandomActs(SEED, true);
    private final RandomQueries queries = new RandomQueries(SEED, story);
    private final Deque<String> tokens = new ArrayDeque<>();
    private SplitSystem system;
    private HttpUser user;
    private CommittedEvents events;
    private int steps;

    @BeforeEach
    void start() {
        system = new SplitSystem(directory);
        system.startCommands();
        system.startApi();
        user = new HttpUser(system::http);
        user.awaitReady();
        events = new CommittedEvents(system.installation());
    }

    @AfterEach
    void stop() {
        events.close();
        system.close();
    }

    @Test
    void everyViewIsWhatAPlainModelSaysThroughRestartsAndRebuilds() throws IOException {
        act(STEPS / 4);

        system.stopApi();
        system.startApi();
        user.awaitReady();
        act(STEPS / 4);

        system.stopApi();
        delete(system.state(ViewTopology.application(ViewTopology.APPLICATION, 1)));
        system.startApi();
        user.awaitReady();
        ask(queries.everything());
        act(STEPS / 4);

        system.stopApi();
        system.startApi(FeedSettings.DEFAULT, ViewTopology.APPLICATION + "-again");
        user.awaitReady();
        tokens.clear();
        story.all().forEach(event -> tokens.add(event.header().getEventId()));
        ask(queries.everything());
        act(STEPS / 4);
    }

    private void act(int count) {
        for (int i = 0; i < count; i++) {
            var command = acts.next();
            act(command);
            steps++;
            if (story.of(Aggregate.ORGANIZATIONS, "acme").isEmpty()) {
                continue;
            }
            try {
                ask(queries.toEachView(aggregate(command), command.header().getAggregateId()));
            } catch (Query.WrongAnswer wrong) {
                throw new AssertionError(
                        "seed " + SEED + ", after " + steps + " commands, the last of which was "
                                + command.payload().getSchema().getName() + command + "\n"
                                + wrong.getMessage(),
                        wrong);
            }
        }
    }

    private void act(CommandMessage command) {
        var result = user.command(json(command)).json();
        var aggregate = aggregate(command);
        result.path("eventKeys").forEach(key -> events.until(aggregate.plural() + "/" + key.textValue(), story::add));
        if (result.has("token")) {
            tokens.add(result.path("token").textValue());
            while (tokens.size() > LATEST) {
                tokens.remove();
            }
        }
    }

    private void ask(List<Query> asked) {
        asked.forEach(query -> query.ask(story, Instant.now(), this::get));
    }

    private Reply get(String path, boolean english) {
        var link = new StringBuilder(path);
        for (var token : tokens) {
            link.append(link.indexOf("?") < 0 ? '?' : '&').append("token=").append(token);
        }
        // Where the machine stalls, no look at the progress may have succeeded lately, and answers tell so.
        var answer = await(path)
                .pollInSameThread()
                .until(
                        () -> user.get(link.toString(), "Accept-Language", english ? "en" : "fr"),
                        found -> found.header("X-Staleness") == null);
        return new Reply(answer.status(), answer.json());
    }

    private static Aggregate aggregate(CommandMessage command) {
        return Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
    }

    private static String json(CommandMessage command) {
        var header = command.header();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", command.payload().getSchema().getName())
                .put("aggregateId", header.getAggregateId())
                .put("commandId", header.getCommandId())
                .put("actor", header.getActor());
        if (header.getExpectedVersion() != null) {
            json.put("expectedVersion", header.getExpectedVersion());
        }
        var notes = json.putObject("metadata");
        header.getMetadata().forEach(notes::put);
        json.set("payload", AvroToJson.record(command.payload()));
        return json.toString();
    }

    private static void delete(Path directory) throws IOException {
        assertThat(directory).isNotEmptyDirectory();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
