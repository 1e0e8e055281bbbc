package cloud.gyroscops.topology.view;

import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/** Who has which partition. */
interface Whereabouts {

    /** This instance. */
    HostInfo self();

    /**
     * Who may answer for a partition, the best first: who works on it; copies, the own one first; then all others, since
     * who works on a partition changes before and after the assignment does.
     */
    Set<HostInfo> candidates(Place place);
}
