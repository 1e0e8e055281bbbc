package cloud.gyroscops.standalone;

import cloud.gyroscops.standalone.cli.CommandLineInterface;

/** The command line's entry. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLineInterface.run(args));
    }
}
