package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.query.model.Query;
import cloud.gyroscops.query.model.RandomActs;
import cloud.gyroscops.query.model.Reply;
import cloud.gyroscops.query.model.Story;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.TopologySpecification;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.figures.Figures;
import cloud.gyroscops.topology.view.history.EventSearch;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.TimeTravel;
import cloud.gyroscops.topology.view.list.Lists;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random commands, handled by a command topology; what comes of them in a view topology behind the routes, and in a model. */
final class ModelledRun implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_MILLIS = Duration.ofHours(3).toMillis();

    private final Random random;
    private final RandomActs acts;
    private final TopologySpecification commands = new TopologySpecification();
    private final Story story = new Story();
    /** What is in the topics, by key; the value is null where a tombstone is. */
    private final Map<String, EventMessage> log = new LinkedHashMap<>();

    private final ViewDriver views;
    private final ServedRoutes routes;
    private String token = "";

    ModelledRun(long seed, Path directory) {
        random = new Random(seed);
        acts = new RandomActs(seed, false);
        views = new ViewDriver(directory);
        routes = served(views);
    }

    Story story() {
        return story;
    }

    /** Lets some time pass, with what is due then, and has one more command handled. */
    CommandMessage step() {
        commands.advance(Duration.ofMillis(1 + random.nextLong(random.nextInt(8) == 0 ? MOST_MILLIS : 1_000)));
        followEvents();
        var command = acts.next();
        commands.when(command);
        followEvents();
        return command;
    }

    private void followEvents() {
        for (var sent : commands.events()) {
            var event = sent.message();
            story.add(event);
            views.pipe(event);
            log.put(event.header().getEventId(), event);
            token = "token=" + event.header().getEventId();
        }
        for (var key : commands.forgotten()) {
            // Users alone are erased.
            views.pipeTombstone(Aggregate.USERS, EventKey.aggregateId(key), EventKey.version(key));
            log.put("users/" + key, null);
        }
    }

    void ask(Query query) {
        query.ask(story, commands.now(), (path, english) -> get(routes, path, english));
    }

    /** The same views, built again by an application of its own from what is left in the topics, one after the other. */
    void askAgain(Path directory, String application, List<Query> queries) {
        try (var again = new ViewDriver(directory, application);
                var served = served(again)) {
            log.values().stream()
                    .filter(event -> event != null)
                    .sorted(Comparator.comparing(
                            event -> event.header().getAggregateId().hashCode()))
                    .forEach(again::pipe);
            queries.forEach(query -> query.ask(story, commands.now(), (path, english) -> get(served, path, english)));
        }
    }

    private Reply get(ServedRoutes server, String path, boolean english) {
        var link = path + (path.contains("?") ? "&" : "?") + token;
        var answer = server.get(link, "Accept-Language", english ? "en" : "fr");
        try {
            return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    private ServedRoutes served(ViewDriver driver) {
        var asked = driver.views();
        return new ServedRoutes(answering(asked, driver), new TestClock());
    }

    private static Resources.Answering answering(Views views, ViewDriver driver) {
        return new Resources.Answering(
                Known.by(views),
                new Consistency(views, Duration.ofMillis(200)),
                new TimeTravel(views, driver.wire()),
                new Histories(views, driver.wire()),
                new EventSearch(views, driver.wire()),
                new Lists(views),
                new Figures(views));
    }

    @Override
    public void close() {
        routes.close();
        views.close();
        commands.close();
    }

    /** The topology's. */
    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return commands.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a clock for instants");
        }
    }
}
