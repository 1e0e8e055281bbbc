package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.benchmarks.process.Standbys;
import cloud.gyroscops.topology.command.CommandApplication;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** Instances of the command topology as processes, and which of them do the work. */
final class Instances implements AutoCloseable {

    /** As Kafka Streams calls it: it holds the process's id, which is in the names of its members. */
    private static final String PROCESS = "kafka-streams-process-metadata";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 2;

    private final int standbys;
    /** What comes in two seconds. */
    private final double behind;

    private final Map<Child, Path> states = new LinkedHashMap<>();

    Instances(KillsSettings settings, String bootstrapServers, URI registry, Path directory) {
        standbys = settings.standbys();
        behind = 2.0 * settings.rate();
        for (int number = 1; number <= settings.instances(); number++) {
            var name = "topology-" + number;
            var state = directory.resolve(name);
            var environment = new HashMap<>(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                    "SCHEMA_REGISTRY_URL", registry.toString(),
                    "GYROSCOPS_PARTITIONS", Integer.toString(KillsSettings.PARTITIONS),
                    "GYROSCOPS_THREADS", Integer.toString(THREADS),
                    "GYROSCOPS_REPLICATION_FACTOR", Integer.toString(settings.brokers()),
                    "GYROSCOPS_RETENTION", "P1D",
                    "GYROSCOPS_STANDBYS", Integer.toString(settings.standbys()),
                    "GYROSCOPS_SESSION_TIMEOUT_MS", Integer.toString(settings.sessionTimeoutMs()),
                    "GYROSCOPS_STATE_DIR", state.toString(),
                    "GYROSCOPS_HEALTH_PORT", "0"));
            if (settings.staticMembers()) {
                environment.put("GYROSCOPS_INSTANCE_ID", name);
            }
            var process = new Child(
                    cloud.gyroscops.topology.Main.class, List.of(), environment, directory.resolve(name + ".log"));
            states.put(process, state);
        }
    }

    void start() throws IOException {
        for (var process : states.keySet()) {
            process.start();
        }
    }

    int size() {
        return states.size();
    }

    /**
     * Waits until all are in the group, and have copied each other's stores where they should: a kill before would meet a
     * cluster that another failure has already weakened.
     */
    void awaitReady(Admin admin) throws IOException, InterruptedException {
        if (standbys > 0) {
            Standbys.await(admin, CommandApplication.NAME, THREADS * size(), states.keySet(), behind, Standbys.CALM);
        }
    }

    boolean allAlive() {
        return states.keySet().stream().allMatch(Child::alive);
    }

    List<Child> all() {
        return List.copyOf(states.keySet());
    }

    /**
     * The instances that work on partitions of these, with all partitions that each works on: what a member of the group
     * is assigned are the inputs of its active tasks; those of standbys are not among them. Waits for the group to be
     * complete and stable.
     *
     * @return empty if it does not become so for long
     */
    Map<Child, Set<TopicPartition>> working(Admin admin, Collection<TopicPartition> busy)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + Kills.BACK_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            var group = group(admin);
            if (group != null
                    && group.groupState() == GroupState.STABLE
                    && group.members().size() == THREADS * size()) {
                var working = working(group);
                working.values().removeIf(partitions -> partitions.stream().noneMatch(busy::contains));
                var assigned = new HashSet<TopicPartition>();
                working.values().forEach(assigned::addAll);
                // In the middle of a cooperative rebalance some belong to nobody.
                if (assigned.containsAll(busy)) {
                    return working;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return Map.of();
    }

    private Map<Child, Set<TopicPartition>> working(ConsumerGroupDescription group) throws IOException {
        var working = new LinkedHashMap<Child, Set<TopicPartition>>();
        for (var instance : states.entrySet()) {
            var id = processId(instance.getValue());
            group.members().stream()
                    .filter(member -> !id.isEmpty() && member.clientId().contains(id))
                    .forEach(member -> working.computeIfAbsent(instance.getKey(), any -> new HashSet<>())
                            .addAll(member.assignment().topicPartitions()));
        }
        return working;
    }

    private static String processId(Path state) throws IOException {
        var file = state.resolve(CommandApplication.NAME).resolve(PROCESS);
        return Files.exists(file)
                ? JSON.readTree(file.toFile()).path("processId").asText()
                : "";
    }

    private static ConsumerGroupDescription group(Admin admin) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(CommandApplication.NAME))
                    .describedGroups()
                    .get(CommandApplication.NAME)
                    .get();
        } catch (ExecutionException notNow) {
            // Its coordinator may be on a broker that is just gone.
            return null;
        }
    }

    @Override
    public void close() {
        states.keySet().forEach(Child::close);
    }
}
