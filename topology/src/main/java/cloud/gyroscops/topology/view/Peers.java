package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;

/** The other instances, as this one asks them. */
public interface Peers {

    /** Nobody can be asked. */
    Peers NONE = new Peers() {
        @Override
        public <A> CompletableFuture<Map<Integer, Answered<A>>> ask(
                HostInfo peer, Forwarded<A> question, Duration within) {
            return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public boolean suspected(HostInfo peer) {
            return true;
        }
    };

    /**
     * Asks another instance. The answers by partition, without the partitions that it cannot answer for: none if it cannot
     * be reached, or is silent for longer than {@code within}.
     */
    <A> CompletableFuture<Map<Integer, Answered<A>>> ask(HostInfo peer, Forwarded<A> question, Duration within);

    /** Whether it did not answer lately, so that others are to be asked first. */
    boolean suspected(HostInfo peer);
}
