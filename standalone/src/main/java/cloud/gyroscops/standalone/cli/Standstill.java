package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.system.StoppedSystem;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.rebuild.RebuildProgress;
import cloud.gyroscops.topology.rebuild.RebuildSummary;
import cloud.gyroscops.topology.rebuild.Replication;
import cloud.gyroscops.topology.rebuild.StateRebuild;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An installation whose command topology is stopped: one that others run, or the data of "gyroscops up". */
final class Standstill {

    @Mixin
    private Cluster cluster;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "What \"gyroscops up\" was given, and has stopped with: unless --bootstrap-servers names"
                    + " another cluster, its broker and registry run meanwhile.")
    private Path dataDirectory;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the command topology keeps its stores (default: state in --data-dir, or"
                    + " GYROSCOPS_STATE_DIR, or data/state).")
    private Path stateDirectory;

    /**
     * Does something with it.
     *
     * @param mayBeNew whether the data directory may be empty
     * @param work gets the environment that names it
     */
    <T> T use(boolean mayBeNew, Function<Environment, T> work) {
        try {
            if (dataDirectory == null || cluster.named()) {
                return cluster.use(installation -> work.apply(environment(Map.of())));
            }
            if (!mayBeNew && !Files.isDirectory(dataDirectory.resolve("kafka"))) {
                throw new Failure(dataDirectory + " holds no data of gyroscops up; name its --data-dir");
            }
            return useData(work);
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException | SchemaRegistryException e) {
            throw new Failure(e.getMessage());
        } catch (KafkaException e) {
            throw KafkaTrouble.told(e, dataDirectory);
        } catch (IOException e) {
            throw new Failure(dataDirectory + " cannot be used: " + e.getMessage());
        }
    }

    private <T> T useData(Function<Environment, T> work) throws IOException {
        var lock = DataDirectory.lock(dataDirectory);
        try (var system = StoppedSystem.start(dataDirectory)) {
            return work.apply(environment(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", system.bootstrapServers(),
                    "SCHEMA_REGISTRY_URL", system.registryUrl())));
        } finally {
            lock.close();
        }
    }

    private Environment environment(Map<String, String> more) {
        var variables = new HashMap<>(cluster.environment().all());
        variables.putAll(more);
        if (stateDirectory != null) {
            variables.put("GYROSCOPS_STATE_DIR", stateDirectory.toString());
        } else if (dataDirectory != null) {
            variables.put("GYROSCOPS_STATE_DIR", dataDirectory.resolve("state").toString());
        }
        return new Environment(variables);
    }

    /** The same, with topics of another number of partitions. */
    static Environment withPartitions(Environment environment, int partitions) {
        var variables = new HashMap<>(environment.all());
        variables.put("GYROSCOPS_PARTITIONS", Integer.toString(partitions));
        return new Environment(variables);
    }

    /** The same, with topics that are kept as often as those of the installation that are there already. */
    static Environment withReplication(Environment environment) {
        var installation = Installation.from(environment);
        try (var admin = Admin.create(installation.kafka().with(Map.of()))) {
            return installation.topics().all().stream()
                    .flatMap(topic -> Replication.of(admin, topic.name()).stream())
                    .findFirst()
                    .map(there -> {
                        var variables = new HashMap<>(environment.all());
                        variables.put("GYROSCOPS_REPLICATION_FACTOR", Integer.toString(there.factor()));
                        variables.put("GYROSCOPS_MIN_INSYNC_REPLICAS", Integer.toString(there.minInSync()));
                        return new Environment(variables);
                    })
                    .orElse(environment);
        }
    }

    /** Makes the stores of the command topology again, and tells of it. */
    static void rebuild(Environment environment, PrintWriter out, PrintWriter err) {
        var installation = Installation.from(environment);
        var steps = new Steps(err, step -> step.startsWith("reading") ? "records" : "partitions");
        var summary = new StateRebuild(
                        installation,
                        StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME),
                        CommandSettings.from(environment),
                        steps)
                .run();
        steps.end();
        tell(summary, out);
    }

    /** Each step has a bar of its own. */
    static final class Steps implements RebuildProgress {

        private final PrintWriter err;
        private final UnaryOperator<String> things;
        private ProgressBar bar;
        private String step = "";

        /**
         * None yet.
         *
         * @param things what is counted in a step, in the plural
         */
        Steps(PrintWriter err, UnaryOperator<String> things) {
            this.err = err;
            this.things = things;
        }

        @Override
        public void at(String what, long done, long all) {
            if (!what.equals(step)) {
                end();
                step = what;
                bar = ProgressBar.on(err, things.apply(what));
            }
            bar.show(done, all, ", " + what);
        }

        void end() {
            if (bar != null) {
                bar.end();
            }
        }
    }

    private static void tell(RebuildSummary summary, PrintWriter out) {
        out.printf(
                "%,d events made %,d aggregates and %,d claims in %.1f s; %,d commands wait to be handled.%n",
                summary.events(), summary.aggregates(), summary.claims(), summary.seconds(), summary.toHandle());
        summary.conflicts().forEach(conflict -> out.println("held more than once: " + conflict));
        out.flush();
    }
}
