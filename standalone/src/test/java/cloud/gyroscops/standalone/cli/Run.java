package cloud.gyroscops.standalone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One command line, run in this JVM.
 *
 * @param status the exit status
 * @param out what it printed
 * @param err what it printed beside that
 */
record Run(int status, String out, String err) {

    static Run of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Run(status, out.toString(), err.toString());
    }
}
