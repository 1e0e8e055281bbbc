package cloud.gyroscops.standalone.kafka;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Controller and broker of a cluster that has no other nodes, as {@code KafkaRaftServer} puts them together, but for one
 * step: a broker that was killed is struck off before it starts again.
 *
 * <p>Otherwise the controller takes the dead broker for alive, for its session (9 s) from its own start on: the new one
 * may not register so long, and worse, it takes itself for the leader of everything, then for fenced. Commit markers that
 * it owes at that moment have no leader to go to; Kafka 4.3.1 takes their partitions for deleted and the transaction for
 * completed. It stays open in the partitions for ever, and nobody reads past it with read_committed.
 */
final class SingleNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleNode.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = 5_000_000;

    private final int node;
    private final ControllerServer controller;
    private final BrokerServer broker;

    SingleNode(KafkaConfig config, String directory) throws Exception {
        node = config.nodeId();
        var properties = new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(directory))
                .addMetadataLogDir(directory)
                .load();
        var shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, properties.clusterId().orElseThrow()),
                CompletableFuture.<Map<Integer, InetSocketAddress>>completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        controller =
                new ControllerServer(shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(directory).read());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts both.
     *
     * @param wasKilled whether the broker has run before, and did not stop cleanly
     */
    void start(boolean wasKilled) {
        try {
            controller.startup();
            if (wasKilled) {
                strikeOff();
            }
            broker.startup();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** It registers anew, with the same directory, and so with all its replicas. */
    private void strikeOff() {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!controller.controller().isActive()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Kafka's controller does not come up; its log says why");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        var context =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        try {
            controller.controller().unregisterBroker(context, node).get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                LOG.warn("The killed broker could not be struck off; its session has to end", e.getCause());
            }
        } catch (TimeoutException e) {
            LOG.warn("The killed broker could not be struck off in time; its session has to end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka started", e);
        }
    }

    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
