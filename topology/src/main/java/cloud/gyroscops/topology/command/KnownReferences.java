package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.channel.Existence;
import cloud.gyroscops.contract.channel.ReferenceAnswer;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Organizations and users that are known to be there without asking their partitions. Only good news are known: a
 * missing or suspended one may just have been created or reactivated, which its own partition knows first.
 */
final class KnownReferences {

    private static final long MOST_USERS = 100_000;

    private final KeyValueStore<String, String> organizations;
    /** The organizations of users that were found to be there. */
    private final Cache<String, String> users;

    KnownReferences(KeyValueStore<String, String> organizations, Duration userRemembered, LongSupplier clockMs) {
        this.organizations = organizations;
        this.users = Caffeine.newBuilder()
                .maximumSize(MOST_USERS)
                .expireAfterWrite(userRemembered)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clockMs.getAsLong()))
                .executor(Runnable::run)
                .build();
    }

    /** PRESENT, or null where only its partition can tell. */
    Existence organization(String id) {
        return OrganizationDirectory.ACTIVE.equals(organizations.get(id)) ? Existence.PRESENT : null;
    }

    /** PRESENT, or null where only its partition can tell. */
    Existence user(String id, String organizationId) {
        return organizationId.equals(users.getIfPresent(id)) ? Existence.PRESENT : null;
    }

    /** What a partition answered, for a command that named these. */
    void learn(Named named, ReferenceAnswer answer) {
        if (answer.getAggregateType() == AggregateType.USER && answer.getFound() == Existence.PRESENT) {
            users.put(named.user(), named.organization());
        }
    }
}
