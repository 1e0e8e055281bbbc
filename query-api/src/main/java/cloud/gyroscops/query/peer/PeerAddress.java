package cloud.gyroscops.query.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.streams.state.HostInfo;

/** Where this instance listens, and where others are told to reach it: known before it listens. */
public final class PeerAddress {

    private PeerAddress() {}

    /** Whether only this machine can reach a server that listens there. */
    static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Binds any port that is free: whoever asks there waits until it is served.
     *
     * @throws UncheckedIOException if there is no such address here
     */
    public static ServerSocketChannel bound(String host) {
        try {
            return ServerSocketChannel.open().bind(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host, e);
        }
    }

    /** The address to be told to others. */
    public static HostInfo advertised(PeerSettings settings, String host, int port) {
        return HostInfo.buildFromEndpoint(
                settings.advertised().isEmpty() ? bracketed(reachable(host)) + ':' + port : settings.advertised());
    }

    private static String reachable(String host) {
        try {
            var address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }

    static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host;
    }
}
