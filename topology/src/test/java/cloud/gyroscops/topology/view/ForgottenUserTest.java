package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an erased user in all stores of the views: in their changelogs, of which compaction leaves the last values. */
class ForgottenUserTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int LOGINS = 230;
    private static final List<String> PERSONAL = List.of(
            "adelheid-l",
            "adelheid@erase.test",
            "countess@erase.test",
            "Adelheidis",
            "Lovelacia",
            "role-of-hers",
            "another-of-hers");

    @TempDir
    private Path directory;

    private final Map<String, Map<String, String>> changelogs = new HashMap<>();
    private ViewDriver views;
    private int version;

    @BeforeEach
    void start() {
        views = new ViewDriver(directory);
        views.pipe(ViewDriver.event(
                Aggregate.ORGANIZATIONS, "o-1", 1, START, "o-1", "eve", new OrganizationCreated("Acme")));
        happen("u-bob", 1, new UserCreated("bob", "bob@acme.test", "Bob", "Ross", "o-1", List.of("buyer")));
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingPersonalIsLeftInAnyStoreOnceChangelogsAreCompacted(boolean deletedBefore) {
        happen(new UserCreated(
                "adelheid-l", "adelheid@erase.test", "Adelheidis", "Lovelacia", "o-1", List.of("role-of-hers")));
        happen(new UserUpdated(null, "countess@erase.test", null, null));
        happen(new UserRolesAssigned(List.of("another-of-hers")));
        for (int i = 0; i < LOGINS; i++) {
            happen(new UserLoggedIn(START.plusSeconds(i)));
        }
        assertThat(storesWith(PERSONAL)).contains("users-view", "users-history", "users-snapshots", "user-list");

        if (deletedBefore) {
            happen(new UserDeleted());
        }
        happen(new UserErased());
        for (int old = 1; old < version; old++) {
            views.pipeTombstone(Aggregate.USERS, "u-ada", old);
        }

        assertThat(storesWith(PERSONAL)).isEmpty();
        assertThat(keysWith("u-ada"))
                .as("all that may be left: that there was a user, and that it was erased")
                .containsOnlyKeys("users-view", "users-history", "applied-versions", "users-event-index")
                .allSatisfy((store, keys) -> assertThat(keys).as(store).hasSize(1));
        assertThat(storesWith(List.of("bob@acme.test"))).contains("users-view", "users-history", "user-list");
    }

    private void happen(SpecificRecord payload) {
        happen("u-ada", ++version, payload);
    }

    private void happen(String id, int itsVersion, SpecificRecord payload) {
        views.pipe(
                ViewDriver.event(Aggregate.USERS, id, itsVersion, START.plusSeconds(version), "o-1", "actor", payload));
    }

    /** The stores that hold one of the texts, in a key or in a value. */
    private TreeSet<String> storesWith(List<String> texts) {
        compact();
        var stores = new TreeSet<String>();
        changelogs.forEach((store, records) -> records.forEach((key, value) -> {
            if (texts.stream().anyMatch(text -> key.contains(text) || value.contains(text))) {
                stores.add(store);
            }
        }));
        return stores;
    }

    private Map<String, List<String>> keysWith(String text) {
        compact();
        var keys = new TreeMap<String, List<String>>();
        changelogs.forEach((store, records) -> records.keySet().stream()
                .filter(key -> key.contains(text))
                .forEach(key ->
                        keys.computeIfAbsent(store, none -> new ArrayList<>()).add(key)));
        return keys;
    }

    /** The last value of each key, but for those that are null. */
    private void compact() {
        var bytes = new ByteArrayDeserializer();
        for (var store : views.driver().getAllStateStores().keySet()) {
            var topic = "views-" + store + "-changelog";
            if (!views.driver().producedTopicNames().contains(topic)) {
                continue;
            }
            var records = changelogs.computeIfAbsent(store, none -> new HashMap<>());
            views.driver()
                    .createOutputTopic(topic, bytes, bytes)
                    .readRecordsToList()
                    .forEach(record -> {
                        var key = text(record.key());
                        if (record.value() == null) {
                            records.remove(key);
                        } else {
                            records.put(key, text(record.value()));
                        }
                    });
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
