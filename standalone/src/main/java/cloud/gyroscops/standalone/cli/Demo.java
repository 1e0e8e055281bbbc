package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.load.Backoff;
import cloud.gyroscops.standalone.load.Loader;
import cloud.gyroscops.standalone.town.Sights;
import cloud.gyroscops.standalone.town.Town;
import java.io.PrintWriter;
import java.net.URI;
import java.util.function.BooleanSupplier;

/** Loads the town of {@code up --demo}, and says where to look. */
final class Demo {

    private static final int PARALLEL = 4;

    private final Town town;
    private final PrintWriter out;
    private final PrintWriter err;

    Demo(Town town, PrintWriter out, PrintWriter err) {
        this.town = town;
        this.out = out;
        this.err = err;
    }

    /** Returns when the town is there, or the user had enough. */
    void load(URI http, BooleanSupplier cancelled) throws InterruptedException {
        out.printf(
                "Loading a town of %,d organizations, %,d users and %,d payments …%n",
                town.organizations(), town.users(), town.payments());
        out.flush();
        var sights = town.sights();
        var progress = new Progress(err, Progress.onTerminal(), sights.commands(), System::nanoTime);
        long began = System.nanoTime();
        var report = new Loader(http, PARALLEL, Backoff.USUAL).load(town.lines().iterator(), progress, cancelled);
        progress.end(report);
        Summary.print(report, (System.nanoTime() - began) / 1e9, out);
        if (!cancelled.getAsBoolean()) {
            show(http, sights);
        }
    }

    private void show(URI http, Sights sights) {
        out.printf("%nWhere to look:%n%n");
        look(http, "/organizations/" + sights.organizationId(), "an organization");
        sights.userId().ifPresent(id -> {
            look(http, "/users/" + id, "a user");
            look(http, "/users/" + id + "/history", "all that happened to it");
        });
        sights.paymentId().ifPresent(id -> {
            look(http, "/payments/" + id, "a payment");
            look(http, "/payments/" + id + "/history", "how it came to that");
        });
        sights.deletedUserId().ifPresent(id -> look(http, "/users/" + id, "a user who has left: 410"));
        out.println();
        out.flush();
    }

    private void look(URI http, String path, String what) {
        out.printf("  curl -s %-62s  # %s%n", http + path, what);
    }
}
