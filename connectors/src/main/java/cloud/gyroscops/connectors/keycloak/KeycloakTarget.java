package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings.Credentials;
import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.Client;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A realm of a Keycloak that follows the log: organizations as its organizations, users as their members. One client, and its
 * connections, for all threads.
 */
public final class KeycloakTarget implements Target {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakTarget.class);
    private static final int CONNECTIONS = 64;
    private static final int FIRST = 100;

    /** What may take a while, and fail. */
    @FunctionalInterface
    private interface Work<T> {
        T done() throws TargetException, InterruptedException;
    }

    private final KeycloakSettings settings;
    private final RequestFilter filter;
    private final Keycloak keycloak;
    private final Organizations organizations;
    private final Users users;
    private final Listing listing;

    /** Calls nobody yet. */
    public KeycloakTarget(KeycloakSettings settings, Requests requests) {
        this.settings = settings;
        this.filter = new RequestFilter(requests);
        this.keycloak = client(settings, filter);
        var realm = keycloak.realm(settings.realm());
        this.organizations = new Organizations(realm, settings);
        this.users = new Users(realm, settings, organizations);
        this.listing = new Listing(realm, settings, users.found());
    }

    @Override
    public MirrorTarget name() {
        return MirrorTarget.KEYCLOAK;
    }

    @Override
    public Set<Aggregate> aggregates() {
        return Set.of(Aggregate.ORGANIZATIONS, Aggregate.USERS);
    }

    @Override
    public Origin origin() {
        return Origin.KEYCLOAK;
    }

    /** All but logins do, which Keycloak has no place for. */
    @Override
    public boolean concerns(Subject subject, EventMessage event) {
        return aggregates().contains(subject.aggregate())
                && !touched(subject, event).isEmpty();
    }

    @Override
    public Effect mirror(Subject subject, Change change) throws TargetException, InterruptedException {
        var look = Look.mirroring(change.event(), touched(subject, change.event()));
        return during(change.traceparent(), () -> bring(subject, look, Optional.empty()));
    }

    private <T> T during(Optional<String> traceparent, Work<T> work) throws TargetException, InterruptedException {
        filter.begin(traceparent);
        try {
            return work.done();
        } catch (TargetException.Unavailable failure) {
            if (filter.interrupted()) {
                var interrupted = new InterruptedException(failure.getMessage());
                interrupted.initCause(failure);
                throw interrupted;
            }
            throw failure;
        } finally {
            filter.end();
        }
    }

    @Override
    public boolean followsStateAlone() {
        return true;
    }

    @Override
    public Effect replay(Subject subject) throws TargetException, InterruptedException {
        return during(Optional.empty(), () -> bring(subject, Look.replaying(), Optional.empty()));
    }

    @Override
    public Effect compare(Subject subject, Optional<String> externalId, boolean dryRun)
            throws TargetException, InterruptedException {
        return during(Optional.empty(), () -> bring(subject, Look.comparing(dryRun), externalId));
    }

    /** Of a user with when Keycloak saw it last, as far as {@link Subject#mirrored()} tells. */
    @Override
    public Optional<String> fingerprint(Subject subject) {
        if (subject.state() instanceof OrganizationState organization) {
            return organization.getStatus() == OrganizationStatus.NONE
                    ? Optional.empty()
                    : Optional.of(Compared.fingerprint(Compared.of(organization)));
        }
        if (subject.state() instanceof UserState user && UserRules.exists(user)) {
            var lastLogin = subject.mirrored().getOrDefault(Compared.LAST_LOGIN, "");
            return Optional.of(Listing.userFingerprint(Compared.of(user), lastLogin));
        }
        return Optional.empty();
    }

    @Override
    public Page list(Optional<String> cursor) throws TargetException, InterruptedException {
        return during(Optional.empty(), () -> listing.page(cursor));
    }

    @Override
    public void prepare() throws TargetException, InterruptedException {
        List<String> done = during(Optional.empty(), () -> new RealmSetup(keycloak, settings.realm()).run());
        if (!done.isEmpty()) {
            LOG.info("Keycloak's realm {} set up: {}", settings.realm(), String.join(", ", done));
        }
    }

    @Override
    public void close() {
        keycloak.close();
    }

    private Effect bring(Subject subject, Look look, Optional<String> seen)
            throws TargetException, InterruptedException {
        return switch (subject.aggregate()) {
            case ORGANIZATIONS -> organizations.bring(subject, look, seen);
            case USERS -> users.bring(subject, look);
            case PAYMENTS -> throw new IllegalArgumentException("payments are not mirrored to Keycloak");
        };
    }

    private static Set<String> touched(Subject subject, EventMessage event) {
        return subject.aggregate() == Aggregate.ORGANIZATIONS
                ? Touched.byOrganization(event.payload())
                : Touched.byUser(event.payload());
    }

    private static Keycloak client(KeycloakSettings settings, RequestFilter filter) {
        var builder = KeycloakBuilder.builder()
                .serverUrl(settings.url().toString())
                .realm(settings.adminRealm())
                .clientId(settings.clientId())
                .resteasyClient(http(settings, filter));
        if (settings.credentials() instanceof Credentials.Client client) {
            builder.grantType(OAuth2Constants.CLIENT_CREDENTIALS).clientSecret(client.secret());
        } else if (settings.credentials() instanceof Credentials.User user) {
            builder.grantType(OAuth2Constants.PASSWORD).username(user.name()).password(user.password());
        }
        return builder.build();
    }

    private static Client http(KeycloakSettings settings, RequestFilter filter) {
        long timeout = settings.timeout().toMillis();
        return new ResteasyClientBuilderImpl()
                .connectTimeout(timeout, TimeUnit.MILLISECONDS)
                .readTimeout(timeout, TimeUnit.MILLISECONDS)
                .connectionCheckoutTimeout(timeout, TimeUnit.MILLISECONDS)
                .connectionPoolSize(CONNECTIONS)
                .maxPooledPerRoute(CONNECTIONS)
                // Connections that a restart of Keycloak has cut are not kept for long.
                .connectionTTL(30, TimeUnit.SECONDS)
                .register(new JacksonProvider(), FIRST)
                // Behind the filter that brings the token, which asks for one by a request of its own.
                .register(filter, Priorities.USER + 1_000)
                .build();
    }
}
