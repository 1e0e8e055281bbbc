package cloud.gyroscops.schemas.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing, and refuses to start on ones that would lose or misroute records. */
public final class TopicProvisioner {

    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);

    /** With another value of these, events would vanish, or clients' clocks would rule. */
    private static final Set<String> MUST_AGREE =
            Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private static final long PAUSE_NANOS = 20_000_000;

    private final Admin admin;

    /** Works through this client, which stays the caller's to close. */
    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates what is missing, and compares what is there.
     *
     * @throws IllegalStateException if topics differ from the catalogue, naming each difference and what to do
     */
    public void provision(Collection<TopicShape> topics) {
        provision(topics, Set.of());
    }

    /**
     * The same, but changes some settings where topics that are there have others.
     *
     * @param adapted names of settings with which nothing is lost, whatever they were before
     * @throws IllegalStateException if topics differ in others, naming each difference and what to do
     */
    public void provision(Collection<TopicShape> topics, Set<String> adapted) {
        create(topics);
        awaitOnline(topics);
        var differences = differences(topics, adapted);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("the topics differ from the catalogue: " + String.join("; ", differences));
        }
    }

    private void create(Collection<TopicShape> topics) {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor())
                        .configs(topic.configs()))
                .toList();
        admin.createTopics(wanted).values().forEach((name, creation) -> {
            try {
                creation.get();
                LOG.info("Created topic {}", name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IllegalStateException("topic " + name + " could not be created: " + e.getCause(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
    }

    /**
     * A broker names a new partition before it takes records for it. A producer that writes meanwhile has its first batch
     * refused and its second one accepted, and then the first one for out of order: it must not get the chance.
     */
    private void awaitOnline(Collection<TopicShape> topics) {
        var counts = described(topics.stream().map(TopicShape::name).toList());
        var latest = counts.entrySet().stream()
                .flatMap(topic -> IntStream.range(0, topic.getValue())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            admin.listOffsets(latest).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics do not come online: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<String> differences(Collection<TopicShape> topics, Set<String> adapted) {
        var names = topics.stream().map(TopicShape::name).toList();
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var found = described(names);
        Map<String, Config> configs;
        try {
            configs = admin.describeConfigs(resources).all().get().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics' settings could not be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        var differences = new ArrayList<String>();
        var changes = new TreeMap<String, Collection<AlterConfigOp>>();
        for (var topic : topics) {
            int partitions = found.get(topic.name());
            if (partitions != topic.partitions()) {
                differences.add(topic.name() + " has " + partitions + " partitions, not " + topic.partitions()
                        + " (set GYROSCOPS_PARTITIONS=" + partitions
                        + ": records are where they are by that count)");
            }
            topic.configs().forEach((name, value) -> {
                var actual = configs.get(topic.name()).get(name).value();
                if (sorted(actual).equals(sorted(value))) {
                    return;
                }
                if (adapted.contains(name)) {
                    changes.computeIfAbsent(topic.name(), first -> new ArrayList<>())
                            .add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
                } else if (MUST_AGREE.contains(name)) {
                    differences.add(topic.name() + " has " + name + "=" + actual + ", not " + value
                            + " (change it with kafka-configs)");
                } else {
                    LOG.warn("Topic {} has {}={}; the catalogue says {}", topic.name(), name, actual, value);
                }
            });
        }
        if (differences.isEmpty() && !changes.isEmpty()) {
            change(changes);
        }
        return differences;
    }

    private void change(Map<String, Collection<AlterConfigOp>> changes) {
        var byResource = changes.entrySet().stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.getKey()), Map.Entry::getValue));
        try {
            admin.incrementalAlterConfigs(byResource).all().get();
            LOG.info("Topics of an earlier build have the settings of this one now: {}", changes);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the settings " + changes + " could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A topic that was just created may not be known to every broker yet. */
    private Map<String, Integer> described(List<String> names) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().partitions().size()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > until) {
                    throw new IllegalStateException("the topics could not be described: " + e.getCause(), e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static Set<String> sorted(String list) {
        return Set.of(list.split(","));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while the topics were checked", e);
    }
}
