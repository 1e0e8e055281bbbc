package cloud.gyroscops.benchmarks.read;

import io.javalin.Javalin;

/** Javalin with a route for each of some sizes, {@code /0}, {@code /1} and so on, that answers a constant of so many bytes. */
final class BareServer {

    private BareServer() {}

    /** The port, then the sizes. */
    public static void main(String[] args) {
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    for (int i = 1; i < args.length; i++) {
                        var constant = new byte[Integer.parseInt(args[i])];
                        config.routes.get("/" + (i - 1), ctx -> ctx.contentType("application/json")
                                .result(constant));
                    }
                })
                .start("127.0.0.1", Integer.parseInt(args[0]));
    }
}
