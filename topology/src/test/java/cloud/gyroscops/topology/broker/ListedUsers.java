package cloud.gyroscops.topology.broker;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.list.Page;
import cloud.gyroscops.topology.view.list.Paging;
import cloud.gyroscops.topology.view.list.UserQuery;
import cloud.gyroscops.topology.view.list.UserSort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Users of one organization, whose events are sent, and the views that list them, which come and go. */
final class ListedUsers implements AutoCloseable {

    static final String STORE = "user-list";
    private static final String ORGANIZATION = "o-1";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final String name;
    private final Installation installation;
    private final Map<String, Long> versions = new HashMap<>();
    private AtomicLong restored;
    private ViewTopology topology;
    private StreamsApplication application;

    ListedUsers(String bootstrapServers, String name, Path directory) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        installation = new Installation(bootstrapServers, name, directory);
    }

    String application() {
        return name + "-" + ViewTopology.APPLICATION;
    }

    /** Starts the views, with their stores in a directory. */
    void start(Path directory) {
        var outage = new RegistryOutage();
        topology = new ViewTopology(installation.topics(), installation.wire(), outage);
        var settings = new StreamsSettings(
                KafkaSettings.at(bootstrapServers), application(), directory, 2, 20, 1, 0, 6_000, "");
        application = new StreamsApplication(topology.build(), settings, outage);
        var counted = new AtomicLong();
        restored = counted;
        application.streams().setGlobalStateRestoreListener(new StateRestoreListener() {
            @Override
            public void onRestoreStart(TopicPartition partition, String store, long first, long end) {}

            @Override
            public void onBatchRestored(TopicPartition partition, String store, long last, long count) {
                if (store.equals(STORE)) {
                    counted.addAndGet(count);
                }
            }

            @Override
            public void onRestoreEnd(TopicPartition partition, String store, long total) {}
        });
        application.start();
        Awaiting.that("views running", SOON, application::running);
    }

    void stop() {
        application.close();
        application = null;
    }

    /** How many records of lists the running views have restored. */
    long restored() {
        return restored.get();
    }

    /** The next event of a user. */
    void send(String id, SpecificRecord payload) {
        long version = versions.merge(id, 1L, Long::sum);
        var key = EventKey.of(id, version);
        var header = new EventHeader(
                "users/" + key,
                AggregateType.USER,
                id,
                version,
                ORGANIZATION,
                Instant.parse("2026-01-01T12:00:00Z").plusSeconds(version),
                "eve",
                Origin.CLIENT,
                "c",
                "c",
                Map.of());
        installation
                .producer()
                .send(new ProducerRecord<>(
                        installation.topics().events(Aggregate.USERS),
                        EventPartitioner.partition(id, Installation.PARTITIONS),
                        key.getBytes(StandardCharsets.UTF_8),
                        installation.wire().event(Aggregate.USERS, new EventMessage(header, payload))));
    }

    /** All users, as soon as they are as awaited: usernames by id. */
    Map<String, String> await(String what, Predicate<Map<String, String>> condition) {
        var found = new HashMap<String, String>();
        Awaiting.that(what, SOON, () -> {
            found.clear();
            found.putAll(all());
            return condition.test(found);
        });
        return found;
    }

    /** All users by cursor; their number must be the total of each page. */
    private Map<String, String> all() {
        var lists = new Lists(Views.alone(
                application.streams(), topology.worked(), installation.topics().partitions(), installation.wire()));
        var users = new HashMap<String, String>();
        var cursor = "";
        do {
            var page = lists.users(
                    ORGANIZATION,
                    new UserQuery(List.of(), "", "", UserSort.USERNAME, false, new Paging(1, 200, cursor)));
            users.putAll(page.rows().stream().collect(Collectors.toMap(Page.Row::id, ListedUsers::username)));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return users;
    }

    private static String username(Page.Row<UserView> row) {
        return row.view().getState().getUsername();
    }

    /** What the list's changelog holds, with tombstones. */
    Follower changelog() {
        return installation.follow(application() + "-" + STORE + "-changelog");
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        installation.close();
    }
}
