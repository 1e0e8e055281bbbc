package cloud.gyroscops.query.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8, of which one that is too long does not fill the memory. */
final class LimitedLines {

    private final InputStream in;
    private final int limit;
    private boolean cut;

    LimitedLines(InputStream in, int limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** The next line without its end; null after the last one. */
    String next() throws IOException {
        cut = false;
        int first = in.read();
        if (first < 0) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        for (int next = first; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() < limit) {
                line.write(next);
            } else {
                cut = true;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the last line was longer than the limit; what came is its beginning. */
    boolean wasCut() {
        return cut;
    }
}
