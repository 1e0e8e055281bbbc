package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.eventlog.EventLog;
import cloud.gyroscops.standalone.eventlog.Selection;
import cloud.gyroscops.standalone.eventlog.Selection.Reading;
import cloud.gyroscops.topology.streams.Installation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gyroscops events}: what has happened, from Kafka itself. */
@Command(
        name = "events",
        description = {
            "Prints committed events, one JSON object a line, read from the event topics themselves.",
            "Without --from-beginning, --follow or --id: the last " + EventLog.LATEST + " by time, of all partitions."
                    + " With --id: all of that aggregate.",
            "The order holds within a partition, so for every aggregate; partitions come side by side.",
            Cluster.ENVIRONMENT
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {EventsExport.class, EventsImport.class})
final class Events implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--aggregate",
            paramLabel = "TYPE",
            description = "Only of organizations, users or payments (default: of all).")
    private Aggregate aggregate;

    @Option(names = "--id", paramLabel = "ID", description = "Only of one aggregate, from its first event on.")
    private String id;

    @Option(names = "--from-beginning", description = "All that there are, from the first.")
    private boolean fromBeginning;

    @Option(names = "--follow", description = "Then those to come, until Ctrl-C; alone: only those to come.")
    private boolean follow;

    @Mixin
    private Cluster cluster;

    @Override
    public Integer call() {
        return cluster.use(this::print);
    }

    private int print(Installation installation) {
        try (var log = EventLog.open(installation.kafka(), installation.topics(), installation.wire())) {
            var done = new CountDownLatch(1);
            var interrupt = new Thread(() -> interrupt(log, done), "stop");
            Runtime.getRuntime().addShutdownHook(interrupt);
            try {
                read(log);
            } finally {
                done.countDown();
                forget(interrupt);
            }
        } catch (IllegalStateException e) {
            throw new Failure(
                    e.getMessage() + " at " + installation.kafka().bootstrapServers() + "; is --topic-prefix right?");
        }
        return 0;
    }

    private void read(EventLog log) {
        var out = spec.commandLine().getOut();
        log.read(selection(), event -> {
            out.println(event);
            // Nobody reads any more, as behind "| head".
            return !out.checkError();
        });
        out.flush();
    }

    private Selection selection() {
        boolean all = fromBeginning || id != null;
        var reading = follow ? all ? Reading.ALL_AND_COMING : Reading.COMING : all ? Reading.ALL : Reading.LATEST;
        return new Selection(
                aggregate == null ? EnumSet.allOf(Aggregate.class) : EnumSet.of(aggregate),
                Optional.ofNullable(id),
                reading);
    }

    private static void interrupt(EventLog log, CountDownLatch done) {
        log.stop();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread interrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupt);
        } catch (IllegalStateException interrupted) {
            // It is what ended the reading.
        }
    }
}
