package cloud.gyroscops.query.feed;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What is said to one reader. Nobody ever waits here for a reader to take it: it is told whether there is room, and is told
 * again as soon as there is. Written to by one thread at a time.
 */
final class SseOutput implements WriteListener {

    private final ServletOutputStream stream;
    private final Runnable room;
    private final Consumer<Throwable> failure;
    private volatile boolean opened;
    private boolean unflushed;

    /**
     * To be opened by {@link #open}.
     *
     * @param room is run whenever there is room again
     * @param failure takes why nobody reads any more
     */
    SseOutput(ServletOutputStream stream, Runnable room, Consumer<Throwable> failure) {
        this.stream = stream;
        this.room = room;
        this.failure = failure;
    }

    void open() {
        stream.setWriteListener(this);
    }

    /** Whether something can be written; if not, there will be word. Sends what was written before. */
    boolean hasRoom() throws IOException {
        if (!opened || !stream.isReady()) {
            return false;
        }
        if (unflushed) {
            unflushed = false;
            stream.flush();
            return stream.isReady();
        }
        return true;
    }

    /** Only where there is room. */
    void write(String text) throws IOException {
        unflushed = true;
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onWritePossible() {
        opened = true;
        room.run();
    }

    @Override
    public void onError(Throwable reason) {
        failure.accept(reason);
    }
}
