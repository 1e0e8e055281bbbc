package cloud.gyroscops.benchmarks.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A load on one server, over connections that are kept. */
final class Load implements AutoCloseable {

    private final int port;
    private final int count;
    private final List<Connection> connections = new ArrayList<>();

    Load(int port, int count) throws IOException {
        this.port = port;
        this.count = count;
        connect();
    }

    private void connect() throws IOException {
        for (int i = 0; i < count; i++) {
            connections.add(new Connection(port));
        }
    }

    /** Over new connections from now on: one that broke cannot be used any more. */
    void connectAnew() throws IOException {
        close();
        connections.clear();
        connect();
    }

    /** The most that is answered: every connection asks again as soon as it is answered. */
    Measurement most(byte[][] requests, double seconds) throws InterruptedException {
        return measure(Schedule.asManyAsPossible(seconds), requests);
    }

    /** At a constant rate; latency counts from the moment at which a request was due. */
    Measurement at(double perSecond, byte[][] requests, double seconds) throws InterruptedException {
        return measure(Schedule.at(perSecond, seconds), requests);
    }

    private Measurement measure(Schedule schedule, byte[][] requests) throws InterruptedException {
        var readers = connections.stream()
                .map(connection -> new Reader(schedule, connection, requests))
                .toList();
        var threads =
                readers.stream().map(reader -> new Thread(reader, "reader")).toList();
        long began = System.nanoTime();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        var latency = Reader.histogram();
        readers.forEach(reader -> latency.add(reader.latency()));
        long count = latency.getTotalCount();
        return new Measurement(
                count / seconds,
                latency,
                readers.stream().mapToLong(Reader::failed).sum(),
                readers.stream().mapToLong(Reader::bytes).sum() / (double) Math.max(1, count));
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
    }
}
