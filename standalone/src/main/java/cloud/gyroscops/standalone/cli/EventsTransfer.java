package cloud.gyroscops.standalone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What export and import have in common. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class EventsTransfer implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where the files of the export are; an export makes it.")
    Path directory;

    final void tell(long written, long before) {
        var out = spec.commandLine().getOut();
        out.printf("%,d events written, %,d were there before.%n", written, before);
        out.flush();
    }
}
