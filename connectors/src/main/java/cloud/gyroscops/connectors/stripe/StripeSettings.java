package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How Stripe is called, and how its webhooks are known to be its own.
 *
 * @param apiKey a secret or restricted key
 * @param apiBase where the API is, without a path
 * @param webhookSecrets each signs; several while one takes over from another
 * @param tolerance how far a webhook's time may be from ours, in both directions
 * @param timeout how long a call may take
 * @param ratePerSecond HTTP requests that one process makes at most, 1 to 100,000
 * @param leftToStripe the fields that the log does not own: they are not compared, and never written again
 * @param installation whose objects are ours, where several installations share an account
 */
public record StripeSettings(
        String apiKey,
        URI apiBase,
        List<String> webhookSecrets,
        Duration tolerance,
        Duration timeout,
        int ratePerSecond,
        Set<StripeField> leftToStripe,
        String installation) {

    static final Duration DEFAULT_TOLERANCE = Duration.ofSeconds(300);
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Stripe allows 100, of all who share an account. */
    static final int DEFAULT_RATE = 80;

    static final String DEFAULT_INSTALLATION = "gyroscops";

    private static final String API_BASE = "https://api.stripe.com";
    private static final Pattern KEY = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_]+");
    private static final Pattern LIVE = Pattern.compile("[a-z]+_live_.*");
    private static final Pattern INSTALLATION = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final Pattern OWNER = Pattern.compile("(?<field>[a-z]+)=(?<owner>LOG|STRIPE)");

    /** Checks the values. */
    public StripeSettings {
        if (!KEY.matcher(apiKey).matches()) {
            throw new IllegalArgumentException(
                    "STRIPE_API_KEY is no secret key of Stripe's; it must begin with sk_test_, rk_test_, sk_live_ or rk_live_");
        }
        var scheme = apiBase.getScheme() == null ? "" : apiBase.getScheme();
        if (!scheme.matches("https?") || apiBase.getHost() == null || apiBase.getUserInfo() != null) {
            throw new IllegalArgumentException("STRIPE_API_BASE is \"" + scheme + "://" + apiBase.getHost()
                    + "\" or holds a user; it must be a URL like " + API_BASE);
        }
        webhookSecrets = List.copyOf(webhookSecrets);
        leftToStripe = Set.copyOf(leftToStripe);
        positive("STRIPE_WEBHOOK_TOLERANCE", tolerance);
        positive("STRIPE_TIMEOUT", timeout);
        Requests.checkRate("STRIPE_RATE_PER_SECOND", ratePerSecond);
        if (!INSTALLATION.matcher(installation).matches()) {
            throw new IllegalArgumentException("STRIPE_INSTALLATION is \"" + installation
                    + "\"; it must have 1 to 40 letters, digits, dots, hyphens or underscores");
        }
    }

    /** Of the installation that bears no name of its own. */
    public StripeSettings(
            String apiKey,
            URI apiBase,
            List<String> webhookSecrets,
            Duration tolerance,
            Duration timeout,
            Set<StripeField> leftToStripe) {
        this(apiKey, apiBase, webhookSecrets, tolerance, timeout, DEFAULT_RATE, leftToStripe, DEFAULT_INSTALLATION);
    }

    /** With the usual times, and the log as the owner of all that it knows. */
    public StripeSettings(String apiKey, URI apiBase, List<String> webhookSecrets) {
        this(apiKey, apiBase, webhookSecrets, DEFAULT_TOLERANCE, DEFAULT_TIMEOUT, Set.of());
    }

    /** The same, with more or fewer requests a second. */
    public StripeSettings withRate(int perSecond) {
        return new StripeSettings(
                apiKey, apiBase, webhookSecrets, tolerance, timeout, perSecond, leftToStripe, installation);
    }

    /** Reads {@code STRIPE_*}; empty: there is no key, so payments are not to be mirrored to Stripe itself. */
    public static Optional<StripeSettings> from(Environment environment) {
        var key = environment.text("STRIPE_API_KEY", "");
        var allowed = environment.text("STRIPE_ALLOW_LIVE", "false");
        var base = environment.text("STRIPE_API_BASE", API_BASE);
        var secrets = environment.text("STRIPE_WEBHOOK_SECRETS", "");
        var tolerance = environment.duration("STRIPE_WEBHOOK_TOLERANCE", DEFAULT_TOLERANCE);
        var timeout = environment.duration("STRIPE_TIMEOUT", DEFAULT_TIMEOUT);
        int rate = environment.integer("STRIPE_RATE_PER_SECOND", DEFAULT_RATE, 1, 100_000);
        var owners = environment.text("STRIPE_FIELD_OWNERS", "");
        var installation = environment.text("STRIPE_INSTALLATION", DEFAULT_INSTALLATION);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (!allowed.equals("true") && !allowed.equals("false")) {
            throw new IllegalArgumentException("STRIPE_ALLOW_LIVE is \"" + allowed + "\"; it must be true or false");
        }
        if (LIVE.matcher(key).matches() && !allowed.equals("true")) {
            throw new IllegalArgumentException(
                    "STRIPE_API_KEY is a live key: it moves real money; use a test key, or set STRIPE_ALLOW_LIVE=true");
        }
        return Optional.of(new StripeSettings(
                key, url(base), items(secrets), tolerance, timeout, rate, leftToStripe(owners), installation));
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("STRIPE_API_BASE is no URL; it must be like " + API_BASE, e);
        }
    }

    private static Set<StripeField> leftToStripe(String owners) {
        var left = EnumSet.noneOf(StripeField.class);
        for (var item : items(owners)) {
            var matcher = OWNER.matcher(item);
            var field = matcher.matches()
                    ? Stream.of(StripeField.values())
                            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(matcher.group("field")))
                            .findFirst()
                    : Optional.<StripeField>empty();
            if (field.isEmpty()) {
                throw new IllegalArgumentException("STRIPE_FIELD_OWNERS holds \"" + item
                        + "\"; its items must be like description=STRIPE, with a field of "
                        + EnumSet.allOf(StripeField.class) + " and LOG or STRIPE");
            }
            if (matcher.group("owner").equals("STRIPE")) {
                left.add(field.get());
            }
        }
        return left;
    }

    private static List<String> items(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be more than 0");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "StripeSettings[apiBase=" + apiBase + ", webhookSecrets=" + webhookSecrets.size() + ", tolerance="
                + tolerance + ", timeout=" + timeout + ", ratePerSecond=" + ratePerSecond + ", leftToStripe="
                + leftToStripe + ", installation="
                + installation + "]";
    }
}
