package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

/** An instance that stops answers on for a moment, when its own part has gone to others. */
class StoppedViewsTest {

    private static final HostInfo SELF = new HostInfo("self", 1);
    private static final HostInfo OTHER = new HostInfo("other", 1);
    private static final Place PLACE = new Place(Side.BY_ID, 0);
    private static final Layout LAYOUT = new Layout(
            "views",
            1,
            Map.of(),
            Map.of(Side.BY_ID, Set.of("in"), Side.BY_ORGANIZATION, Set.of("to"), Side.RESULTS, Set.of("out")));

    @Test
    void whoMayAnswerInsteadIsStillKnown() {
        var streams = new Streams();
        var hosts = new Hosts(streams, LAYOUT, SELF);
        assertThat(hosts.candidates(PLACE)).containsExactly(SELF, OTHER);

        streams.close();

        assertThat(hosts.candidates(PLACE)).containsExactly(SELF, OTHER);
        assertThat(hosts.known()).isFalse();
        assertThat(hosts.assigned()).isEmpty();
    }

    @Test
    void itsOwnStoresDoNotAnswer() {
        var streams = new Streams();
        Copies complete = place -> Optional.of(new Staleness(0, Duration.ZERO));
        var local = new LocalViews(streams, new WorkedPartitions(), complete, new WaitingRoom());
        streams.close();

        assertThat(local.answer(new FindView(Aggregate.USERS, "u-1"), 0, List.of()))
                .isEmpty();
    }

    /** Knows two instances while it is open. */
    private static final class Streams extends KafkaStreams {

        private boolean closed;

        Streams() {
            super(topology(), settings());
        }

        private static Topology topology() {
            var builder = new StreamsBuilder();
            builder.stream("in");
            return builder.build();
        }

        private static Properties settings() {
            var settings = new Properties();
            settings.put("application.id", "views");
            settings.put("bootstrap.servers", "127.0.0.1:1");
            return settings;
        }

        @Override
        public Collection<StreamsMetadata> metadataForAllStreamsClients() {
            return closed
                    ? super.metadataForAllStreamsClients()
                    : List.of(new Instance(SELF, Set.of(new TopicPartition("in", 0))), new Instance(OTHER, Set.of()));
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    private record Instance(HostInfo hostInfo, Set<TopicPartition> topicPartitions) implements StreamsMetadata {

        @Override
        public String host() {
            return hostInfo.host();
        }

        @Override
        public int port() {
            return hostInfo.port();
        }

        @Override
        public Set<String> stateStoreNames() {
            return Set.of();
        }

        @Override
        public Set<TopicPartition> standbyTopicPartitions() {
            return Set.of();
        }

        @Override
        public Set<String> standbyStateStoreNames() {
            return Set.of();
        }
    }
}
