package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** Who has which partition, by the group's latest assignment. */
final class Hosts implements Whereabouts {

    private final KafkaStreams streams;
    private final Layout layout;
    private final HostInfo self;

    /** By which the others are known once this instance's part has stopped, as long as it answers still. */
    private volatile List<StreamsMetadata> latest = List.of();

    /** Of an application that is known to the others under that address. */
    Hosts(KafkaStreams streams, Layout layout, HostInfo self) {
        this.streams = streams;
        this.layout = layout;
        this.self = self;
    }

    @Override
    public HostInfo self() {
        return self;
    }

    @Override
    public Set<HostInfo> candidates(Place place) {
        var source = layout.source(place);
        var owners = new ArrayList<HostInfo>();
        var copies = new ArrayList<HostInfo>();
        var others = new ArrayList<HostInfo>();
        var known = metadata();
        for (var host : known.isEmpty() ? latest : known) {
            if (host.topicPartitions().contains(source)) {
                owners.add(host.hostInfo());
            } else if (host.standbyTopicPartitions().contains(source)) {
                copies.add(host.hostInfo());
            } else {
                others.add(host.hostInfo());
            }
        }
        var candidates = new LinkedHashSet<>(owners);
        candidates.add(self);
        candidates.addAll(copies);
        candidates.addAll(others);
        return candidates;
    }

    /** The partitions that this instance is to work on. */
    List<Place> assigned() {
        return places(true);
    }

    /** The partitions that this instance is to keep a copy of. */
    List<Place> standbys() {
        return places(false);
    }

    /** Whether this instance is known to the group. */
    boolean known() {
        return metadata().stream().anyMatch(host -> host.hostInfo().equals(self));
    }

    private List<Place> places(boolean active) {
        var places = new ArrayList<Place>();
        for (var host : metadata()) {
            if (host.hostInfo().equals(self)) {
                var partitions = active ? host.topicPartitions() : host.standbyTopicPartitions();
                for (var side : Side.values()) {
                    for (int partition = 0; partition < layout.partitions(); partition++) {
                        var place = new Place(side, partition);
                        if (partitions.contains(layout.source(place))) {
                            places.add(place);
                        }
                    }
                }
            }
        }
        return places;
    }

    private List<StreamsMetadata> metadata() {
        try {
            latest = List.copyOf(streams.metadataForAllStreamsClients());
            return latest;
        } catch (InvalidStateStoreException | IllegalStateException notRunning) {
            return List.of();
        }
    }
}
