package cloud.gyroscops.query.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this instance listens, and where others are told to reach it: known before it listens. */
public final class PeerAddress {

    private static final Logger LOG = LoggerFactory.getLogger(PeerAddress.class);

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
            if (!InetAddress.getByName(host).isAnyLocalAddress()) {
                return host;
            }
            var addresses = new ArrayList<>(List.of(named()));
            NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(addresses::add);
            var found = reachable(addresses);
            if (found.isLoopbackAddress()) {
                LOG.warn(
                        "HTTP listens on {}, but this machine has no address beyond {} to tell other instances; should there"
                                + " be any, set GYROSCOPS_ADVERTISED_HTTP to the host:port at which they reach this one",
                        host,
                        found.getHostAddress());
            }
            // Without the interface, which means nothing elsewhere.
            return found.getHostAddress().split("%", 2)[0];
        } catch (IOException e) {
            return host;
        }
    }

    private static InetAddress named() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            // A machine need not know its own name.
            return InetAddress.getLoopbackAddress();
        }
    }

    /** The best of the addresses of this machine, of which its name's comes first: that may well be loopback. */
    static InetAddress reachable(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .min(Comparator.comparing(address -> !address.equals(addresses.get(0))
                        && !(address instanceof Inet4Address v4 && v4.isSiteLocalAddress())))
                .orElse(addresses.get(0));
    }

    static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host;
    }
}
