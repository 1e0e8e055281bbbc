package cloud.gyroscops.topology.view;

import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/** The whereabouts of an instance that knows no other. */
record Alone() implements Whereabouts {

    @Override
    public HostInfo self() {
        return HostInfo.unavailable();
    }

    @Override
    public Set<HostInfo> candidates(Place place) {
        return Set.of(self());
    }
}
