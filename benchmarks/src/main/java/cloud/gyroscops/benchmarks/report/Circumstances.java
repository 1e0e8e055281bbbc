package cloud.gyroscops.benchmarks.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Model.CommandSpec;

/** When, where and of what something was measured. */
public final class Circumstances {

    private static final String UNKNOWN = "unknown";
    private static final long GIT_SECONDS = 10;

    private Circumstances() {}

    /** The same, and {@code command}: what was typed. */
    public static void writeTo(ObjectNode json, CommandSpec command) {
        var root = command.root();
        json.put(
                "command",
                root.name() + " "
                        + String.join(" ", root.commandLine().getParseResult().originalArgs()));
        writeTo(json);
    }

    /**
     * Adds {@code at}, {@code commit}, {@code machine} and {@code versions}. To be called before measuring: the machine's
     * load should be what others cause.
     */
    public static void writeTo(ObjectNode json) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        json.put("at", Instant.now().toString());
        json.put("commit", commit());
        json.putObject("machine")
                .put("processor", processor())
                .put("processors", system.getAvailableProcessors())
                .put("memoryMiB", memoryBytes() >> 20)
                .put("heapMiB", Runtime.getRuntime().maxMemory() >> 20)
                .put("loadBefore", system.getSystemLoadAverage());
        json.putObject("versions")
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString())
                .put("kafka", AppInfoParser.getVersion());
    }

    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** As Linux names it. */
    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Of the sources beside this build; with {@code -dirty}, if they differ from it. */
    private static String commit() {
        try {
            var build = Path.of(Circumstances.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*")
                    .directory(build.getParent().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean said = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0;
            return said ? text : UNKNOWN;
        } catch (IOException | URISyntaxException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
