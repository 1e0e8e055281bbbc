package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nDate: now\r\ncontent-LENGTH:  5\r\n\r\nhello";
    private static final String CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n";

    @Test
    void answersFollowEachOther() throws IOException {
        var reader = reader(OK + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" + CHUNKS + OK);

        assertThat(reader.next()).isEqualTo(new Answer(200, 5));
        assertThat(reader.next()).isEqualTo(new Answer(404, 0));
        assertThat(reader.next()).isEqualTo(new Answer(200, 15));
        assertThat(reader.next()).isEqualTo(new Answer(200, 5));
    }

    @Test
    void theyMayComeByteByByte() throws IOException {
        var reader = new AnswerReader(new InputStream() {
            private final InputStream bytes = stream(CHUNKS + OK);

            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return bytes.read(to, offset, 1);
            }
        });

        assertThat(reader.next()).isEqualTo(new Answer(200, 15));
        assertThat(reader.next()).isEqualTo(new Answer(200, 5));
    }

    @Test
    void oneThatIsCutOffIsNone() {
        assertThatThrownBy(() -> reader(OK.substring(0, OK.length() - 1)).next())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void whatIsNoAnswerIsNamed() {
        assertThatThrownBy(() -> reader("SSH-2.0-OpenSSH\r\n").next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"SSH-2.0-OpenSSH\" is no beginning of an answer");
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\r\n\r\nhello").next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither a Content-Length nor chunks");
    }

    @Test
    void onlyAnAnswer200IsGood() {
        assertThat(new Answer(200, 1).good()).isTrue();
        assertThat(new Answer(503, 1).good()).isFalse();
    }

    private static AnswerReader reader(String text) {
        return new AnswerReader(stream(text));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
