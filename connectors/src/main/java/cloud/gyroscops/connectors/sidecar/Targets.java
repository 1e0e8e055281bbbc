package cloud.gyroscops.connectors.sidecar;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.keycloak.KeycloakTarget;
import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.connectors.stripe.StripeTarget;
import cloud.gyroscops.connectors.stripe.StripeWebhooks;
import cloud.gyroscops.connectors.stripe.WebhookResource;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets that are configured, and what they call back. */
public final class Targets {

    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
    private static final String STRIPE_WEBHOOKS = "/webhooks/stripe";

    private final List<Target> all = new ArrayList<>();
    private final Optional<StripeSettings> stripeSettings;
    private final Optional<StripeTarget> stripe;

    /** Calls nobody yet. */
    public Targets(Optional<KeycloakSettings> keycloak, Optional<StripeSettings> stripeSettings, MeterRegistry meters) {
        this.stripeSettings = stripeSettings;
        keycloak.ifPresent(settings -> all.add(
                new KeycloakTarget(settings, new Requests(MirrorTarget.KEYCLOAK, settings.ratePerSecond(), meters))));
        stripe = stripeSettings.map(settings -> new StripeTarget(
                settings, Clock.systemUTC(), new Requests(MirrorTarget.STRIPE, settings.ratePerSecond(), meters)));
        stripe.ifPresent(all::add);
    }

    public List<Target> all() {
        return List.copyOf(all);
    }

    /** What is served for them, by path. */
    public Map<String, Handler> webhooks(Messages messages) {
        return stripe.map(target -> {
                    var webhooks = new StripeWebhooks(
                            stripeSettings.orElseThrow(), target, (externalId, kind) -> messages.unknown(
                                            MirrorTarget.STRIPE, externalId, kind)
                                    .exceptionally(failure -> {
                                        LOG.warn("That {} {} is unknown could not be told", kind, externalId, failure);
                                        return null;
                                    }));
                    Handler resource = new WebhookResource(webhooks, messages, Clock.systemUTC());
                    return Map.of(STRIPE_WEBHOOKS, resource);
                })
                .orElseGet(Map::of);
    }
}
