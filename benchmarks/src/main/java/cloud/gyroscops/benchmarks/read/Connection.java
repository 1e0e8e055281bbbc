package cloud.gyroscops.benchmarks.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One kept-alive connection to a server: a load that shares the machine with the server must not cost much. */
final class Connection implements AutoCloseable {

    private static final int SILENCE_MS = 30_000;

    private final Socket socket;
    private final OutputStream out;
    private final AnswerReader answers;

    /** To a port of this host. */
    Connection(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), SILENCE_MS);
        out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        answers = new AnswerReader(in);
    }

    /** A request for a path, as bytes. */
    static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Asks, and waits for the whole answer. */
    Answer get(byte[] request) throws IOException {
        out.write(request);
        return answers.next();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
