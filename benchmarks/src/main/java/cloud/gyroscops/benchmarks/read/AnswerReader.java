package cloud.gyroscops.benchmarks.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads answers of HTTP/1.1 from one connection: those with a {@code Content-Length}, and those in chunks. */
final class AnswerReader {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;
    private final byte[] line = new byte[8 << 10];
    private int lineLength;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /** The next one; throws where there is none, or none that can be understood. */
    Answer next() throws IOException {
        readLine();
        if (lineLength < 12 || line[0] != 'H') {
            throw new IOException("\"" + text(0) + "\" is no beginning of an answer; it must be like HTTP/1.1 200 OK");
        }
        int status = Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        int length = -1;
        boolean chunked = false;
        for (readLine(); lineLength > 0; readLine()) {
            if (begins(LENGTH)) {
                length = Integer.parseInt(text(LENGTH.length).strip());
            } else if (begins(CODING)) {
                chunked = text(CODING.length).strip().equalsIgnoreCase("chunked");
            }
        }
        if (chunked) {
            return new Answer(status, skipChunks());
        }
        if (length < 0) {
            throw new IOException("an answer " + status + " has neither a Content-Length nor chunks");
        }
        skip(length);
        return new Answer(status, length);
    }

    private int skipChunks() throws IOException {
        int all = 0;
        while (true) {
            readLine();
            var size = text(0);
            int extension = size.indexOf(';');
            int length = Integer.parseInt((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            skip(length);
            readLine();
            if (length == 0) {
                return all;
            }
            all += length;
        }
    }

    private void readLine() throws IOException {
        lineLength = 0;
        for (int read = read(); read != '\n'; read = read()) {
            if (lineLength == line.length) {
                throw new IOException("a line has more than " + line.length + " bytes");
            }
            line[lineLength++] = (byte) read;
        }
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
            lineLength--;
        }
    }

    /** In lower case, whatever case the line has. */
    private boolean begins(byte[] name) {
        if (lineLength < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Character.toLowerCase(line[i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int from) {
        return new String(line, from, lineLength - from, StandardCharsets.US_ASCII);
    }

    private int read() throws IOException {
        if (at == filled) {
            fill();
        }
        return buffer[at++];
    }

    private void skip(int length) throws IOException {
        for (int left = length; left > 0; ) {
            if (at == filled) {
                fill();
            }
            int some = Math.min(left, filled - at);
            at += some;
            left -= some;
        }
    }

    private void fill() throws IOException {
        at = 0;
        filled = 0;
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException("the connection ended within an answer");
        }
        filled = read;
    }
}
