package cloud.gyroscops.standalone.claims;

import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.domain.organization.OrganizationRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.claim.ClaimKey;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.rebuild.Log;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.streams.Installation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Looks up who holds a value. Nothing of the system needs to run but Kafka. */
public final class ClaimLookup {

    private final Installation installation;

    public ClaimLookup(Installation installation) {
        this.installation = installation;
    }

    /**
     * The claims on a value, by kind: as an email, a username and an organization's name, whatever the case of its
     * letters. Kinds that nobody holds are left out.
     *
     * @throws IllegalStateException if there is no such installation
     */
    public Map<ClaimKind, StoredClaim> find(String value) {
        var keys = new HashMap<String, ClaimKind>();
        keys.put(ClaimKey.of(ClaimKind.EMAIL, value.strip().toLowerCase(Locale.ROOT)), ClaimKind.EMAIL);
        keys.put(ClaimKey.of(ClaimKind.USERNAME, value.strip().toLowerCase(Locale.ROOT)), ClaimKind.USERNAME);
        keys.put(
                ClaimKey.of(ClaimKind.ORGANIZATION_NAME, OrganizationRules.folded(value.strip())),
                ClaimKind.ORGANIZATION_NAME);
        var topic = Changelogs.topic(installation.topics().prefix() + CommandApplication.NAME, ClaimSubtopology.STORE);
        var latest = latest(topic, keys.keySet());
        var serde = ClaimSubtopology.stored().deserializer();
        var found = new TreeMap<ClaimKind, StoredClaim>();
        latest.forEach((key, bytes) -> found.put(keys.get(key), serde.deserialize(topic, bytes)));
        return found;
    }

    private Map<String, byte[]> latest(String topic, Set<String> keys) {
        var log = new Log(installation.kafka());
        var all = log.partitions(List.of(topic));
        var theirs = keys.stream()
                .map(key -> new TopicPartition(topic, EventPartitioner.partition(key, all.size())))
                .collect(Collectors.toSet());
        var latest = new HashMap<String, byte[]>();
        log.read(log.settledEnds(theirs), record -> {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            if (keys.contains(key)) {
                latest.put(key, record.value());
            }
        });
        latest.values().removeIf(Objects::isNull);
        return latest;
    }

    /** Everybody who waits for a claim, like {@code users/u-1}, longest first. */
    public static List<String> waiting(StoredClaim claim) {
        return claim.getWaiting().stream()
                .map(waiting -> holder(waiting.getRequest().getClaimant()))
                .toList();
    }

    /** An aggregate, like {@code users/u-1}. */
    public static String holder(Claimant claimant) {
        return Aggregate.of(claimant.getAggregateType()).plural() + "/" + claimant.getAggregateId();
    }
}
