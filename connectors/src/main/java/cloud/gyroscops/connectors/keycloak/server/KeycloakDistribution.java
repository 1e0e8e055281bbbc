package cloud.gyroscops.connectors.keycloak.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;

/**
 * Keycloak's files, unpacked and made ready to start. They are taken from Maven's local repository, or else fetched from
 * Maven Central (177 MB) and kept.
 *
 * @param home the directory that Keycloak calls its home
 */
public record KeycloakDistribution(Path home) {

    /** The version that the mirror is tested with. */
    public static final String VERSION = "26.7.3";

    private static final String PLACE = "org/keycloak/keycloak-quarkus-dist/" + VERSION;
    private static final String ZIP = "keycloak-quarkus-dist-" + VERSION + ".zip";
    private static final URI CENTRAL = URI.create("https://repo.maven.apache.org/maven2/" + PLACE + "/" + ZIP);
    private static final String READY = "ready-to-start";
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(5);
    private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(30);

    /**
     * Makes sure that it is in a directory, once: later calls, also those of other processes, find it there.
     *
     * @param cache where to unpack it, and to keep what was fetched
     * @param progress is told what takes time
     * @throws IOException if it cannot be fetched or unpacked
     */
    public static KeycloakDistribution in(Path cache, Consumer<String> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(cache);
        var distribution = new KeycloakDistribution(
                cache.resolve("keycloak-" + VERSION).toAbsolutePath().normalize());
        try (var channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!Files.exists(distribution.home.resolve(READY)) && lock.isValid()) {
                distribution.prepare(cache, progress);
            }
        }
        return distribution;
    }

    private void prepare(Path cache, Consumer<String> progress) throws IOException, InterruptedException {
        if (!Files.exists(home.resolve("lib/quarkus-run.jar"))) {
            var zip = zip(cache, progress);
            progress.accept("unpacking Keycloak " + VERSION);
            unpack(zip, cache);
        }
        progress.accept("making Keycloak " + VERSION + " ready");
        var log = cache.resolve("build.log");
        var build = new ProcessBuilder(KeycloakServer.command(this, List.of(), List.of("build", "--db=dev-file")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!build.waitFor(LONGEST_BUILD.toSeconds(), TimeUnit.SECONDS) || build.exitValue() != 0) {
                throw new IOException("Keycloak's own build failed; it says why in " + log);
            }
        } finally {
            build.destroyForcibly();
        }
        Files.createFile(home.resolve(READY));
    }

    private static Path zip(Path cache, Consumer<String> progress) throws IOException, InterruptedException {
        var mavens = Path.of(System.getProperty("user.home"), ".m2", "repository")
                .resolve(PLACE)
                .resolve(ZIP);
        if (Files.exists(mavens)) {
            return mavens;
        }
        var kept = cache.resolve(ZIP);
        if (!Files.exists(kept)) {
            progress.accept("fetching Keycloak " + VERSION + " (177 MB) from " + CENTRAL.getHost());
            fetch(kept);
        }
        return kept;
    }

    private static void fetch(Path to) throws IOException, InterruptedException {
        var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        var sha1 = answer(http, URI.create(CENTRAL + ".sha1"), HttpResponse.BodyHandlers.ofString())
                .strip();
        var part = to.resolveSibling(to.getFileName() + ".part");
        answer(http, CENTRAL, HttpResponse.BodyHandlers.ofFile(part));
        var fetched = sha1(part);
        if (!fetched.equals(sha1)) {
            Files.delete(part);
            throw new IOException(
                    "what came from " + CENTRAL + " has the SHA-1 hash " + fetched + "; it should have " + sha1);
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static <T> T answer(HttpClient http, URI uri, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        var response =
                http.send(HttpRequest.newBuilder(uri).timeout(LONGEST_DOWNLOAD).build(), body);
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered " + response.statusCode());
        }
        return response.body();
    }

    private static String sha1(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-1"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** What is there from an attempt that did not come to its end is written over. */
    static void unpack(Path zip, Path cache) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(zip));
                var in = new ZipInputStream(file)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var path = cache.resolve(entry.getName()).normalize();
                if (!path.startsWith(cache.normalize())) {
                    throw new IOException(zip + " has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
