package cloud.gyroscops.connectors.keycloak.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;

/**
 * Keycloak's files, unpacked and made ready to start. They are taken from Maven's local repository, into which
 * Maven fetches them (177 MB) if they are not there.
 *
 * @param home the directory that Keycloak calls its home
 */
public record KeycloakDistribution(Path home) {

    /** The version that the mirror is tested with. */
    public static final String VERSION = "26.7.3";

    private static final String PLACE = "org/keycloak/keycloak-quarkus-dist/" + VERSION;
    private static final String ZIP = "keycloak-quarkus-dist-" + VERSION + ".zip";
    private static final List<String> FETCH = List.of(
            "mvn",
            "-B",
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get",
            "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip",
            "-Dtransitive=false");
    private static final String READY = "ready-to-start";
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(5);
    private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(30);

    /**
     * Makes sure that it is in a directory, once: later calls, also those of other processes, find it there.
     *
     * @param cache where to unpack it
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
        if (!Files.exists(mavens)) {
            progress.accept("having Maven fetch Keycloak " + VERSION + " (177 MB)");
            fetch(cache.resolve("fetch.log"));
        }
        if (!Files.exists(mavens)) {
            throw new IOException("Keycloak is not at " + mavens + "; get it with: " + String.join(" ", FETCH));
        }
        return mavens;
    }

    private static void fetch(Path log) throws IOException, InterruptedException {
        var maven = new ProcessBuilder(FETCH)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(LONGEST_DOWNLOAD.toMillis(), TimeUnit.MILLISECONDS) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException("Maven could not fetch Keycloak: " + log + " says why");
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
