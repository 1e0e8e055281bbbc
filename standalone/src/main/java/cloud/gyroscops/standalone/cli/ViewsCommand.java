package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.views.Answers;
import cloud.gyroscops.standalone.views.Rebuild;
import cloud.gyroscops.standalone.views.Status;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops views}: the versions of the views. */
@Command(name = "views", description = "Builds the views again, while they answer.", mixinStandardHelpOptions = true)
final class ViewsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: gyroscops views rebuild|abandon|status");
    }

    @Command(
            name = "rebuild",
            description = {
                "Builds the next version of the views from the first event, beside the one that answers; compares what"
                        + " both answer; has the next one take over without a failed query; and removes the other one.",
                "The system must be running. One that is interrupted, anywhere, is run again, and goes on.",
                Cluster.ENVIRONMENT
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int rebuild(
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            defaultValue = Server.DEFAULT_URL,
                            description = "The server that is asked for answers of both (default: ${DEFAULT-VALUE}).")
                    String url,
            @Option(
                            names = "--no-compare",
                            description =
                                    "Takes over without a comparison: for views that are meant to answer otherwise.")
                    boolean blindly,
            @Mixin Cluster cluster)
            throws InterruptedException {
        Optional<Answers> answers = Optional.empty();
        if (!blindly) {
            var server = Server.at(url);
            server.expect();
            answers = Optional.of((path, version) -> answer(server, path, version));
        }
        work(cluster, answers, Rebuild::run);
        return 0;
    }

    @Command(
            name = "abandon",
            description = {"Gives up the version that is being built, and removes it.", Cluster.ENVIRONMENT},
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int abandon(@Mixin Cluster cluster) {
        work(cluster, Optional.empty(), Rebuild::abandon);
        return 0;
    }

    @Command(
            name = "status",
            description = {
                "Shows the versions of the views: what becomes of each, how many threads work on it, and how many"
                        + " offsets of what feeds it are before it.",
                Cluster.ENVIRONMENT
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int status(@Mixin Cluster cluster) {
        var out = spec.commandLine().getOut();
        out.printf("%7s  %-9s %7s %12s%n", "VERSION", "ROLE", "THREADS", "BEHIND");
        try {
            cluster.use(Status::of)
                    .forEach(version -> out.printf(
                            "%7d  %-9s %7d %,12d%n",
                            version.version(), version.role(), version.members(), version.behind()));
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage());
        }
        out.flush();
        return 0;
    }

    /** What is done about versions. */
    @FunctionalInterface
    private interface Work {
        void of(Rebuild rebuild) throws InterruptedException;
    }

    private void work(Cluster cluster, Optional<Answers> answers, Work work) {
        var told = new Told(spec.commandLine().getOut(), spec.commandLine().getErr());
        try {
            cluster.use(installation -> {
                try {
                    work.of(new Rebuild(installation, System.getProperty("user.name"), answers, told));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Failure("interrupted; run it again to go on");
                }
                return null;
            });
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage());
        } finally {
            told.end();
        }
    }

    private static Answers.Answer answer(Server server, String path, int version) throws InterruptedException {
        var request = server.request(path).header("X-Views-Version", Integer.toString(version));
        var answer = server.send(request.build());
        if (answer.statusCode() == 400) {
            throw new Failure(
                    "the server at " + server.url() + " cannot answer from version " + version + ": " + answer.body());
        }
        return new Answers.Answer(answer.statusCode(), answer.body());
    }

    /** Steps on standard output, and how far it is beside it. */
    private static final class Told implements Rebuild.Telling {

        private final PrintWriter out;
        private final PrintWriter err;
        private ProgressBar bar;

        Told(PrintWriter out, PrintWriter err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public void say(String what) {
            end();
            out.println(what);
            out.flush();
        }

        @Override
        public void at(long applied, long all) {
            if (bar == null) {
                bar = ProgressBar.on(err, "offsets");
            }
            bar.show(applied, all);
        }

        void end() {
            if (bar != null) {
                bar.end();
                bar = null;
            }
        }
    }
}
