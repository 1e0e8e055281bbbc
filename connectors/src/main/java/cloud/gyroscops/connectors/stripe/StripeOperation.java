package cloud.gyroscops.connectors.stripe;

import com.stripe.net.ApiResource.RequestMethod;

/** What a request to Stripe does, as its own API names it: {@code payment_intents.capture}. */
final class StripeOperation {

    private static final String VERSION = "/v1/";

    private StripeOperation() {}

    /** @param path of the request, beginning with the version of the API */
    static String of(RequestMethod method, String path) {
        var parts = path.substring(path.indexOf(VERSION) + VERSION.length()).split("/");
        boolean searches = parts.length == 2 && parts[1].equals("search");
        return parts[0] + '.' + (parts.length > 2 ? parts[2] : searches ? parts[1] : plain(method, parts.length > 1));
    }

    private static String plain(RequestMethod method, boolean one) {
        return switch (method) {
            case GET -> one ? "retrieve" : "list";
            case POST -> one ? "update" : "create";
            case DELETE -> "delete";
        };
    }
}
