package cloud.gyroscops.topology.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of something that runs: closed in the opposite order of their opening. */
public final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** How a part is closed. */
    @FunctionalInterface
    public interface Closing<T> {
        void close(T part) throws Exception;
    }

    /** Has a part closed with the others; returns it. */
    public <T> T opened(T part, Closing<T> closing) {
        open.push(() -> closing.close(part));
        return part;
    }

    /** What fails to stop does not keep the rest from it. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly", e);
            }
        }
    }
}
