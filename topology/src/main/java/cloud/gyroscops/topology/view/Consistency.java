package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.util.Collection;
import org.apache.avro.specific.SpecificRecord;

/**
 * Waits until the views show what a client has seen already. A token is waited for at the view by id; for what is kept by
 * organization it is then waited for in the organization's partition, too, where lists and figures are written together
 * with the applied version. Tokens that cannot matter to a query are passed over. All methods throw
 * {@link ViewsNotReadyException} should patience end first.
 */
public final class Consistency {

    private final Views views;
    private final Duration patience;

    /** Waits at most that long for all of a query's tokens. */
    public Consistency(Views views, Duration patience) {
        this.views = views;
        this.patience = patience;
    }

    /** For an aggregate's own view and history; and for the name of its organization, which is shown with it. */
    public void ofAggregate(Collection<Token> tokens, Aggregate aggregate, String id) {
        var wait = new Wait();
        tokens.stream()
                .filter(token -> token.aggregate() == aggregate && token.id().equals(id))
                .forEach(wait::byId);
        for (var token : tokens) {
            if (token.aggregate() == Aggregate.ORGANIZATIONS && token.id().equals(organization(aggregate, id))) {
                wait.byId(token);
            }
        }
    }

    /** For an organization's lists and figures. */
    public void ofOrganization(Collection<Token> tokens, String organizationId) {
        var wait = new Wait();
        for (var token : tokens) {
            boolean another =
                    token.aggregate() == Aggregate.ORGANIZATIONS && !token.id().equals(organizationId);
            if (another) {
                continue;
            }
            wait.byId(token);
            if (organization(token.aggregate(), token.id()).equals(organizationId)) {
                wait.byOrganization(token, organizationId);
            }
        }
    }

    /** For what is kept of all organizations, each in its partition. */
    public void ofAllOrganizations(Collection<Token> tokens) {
        var wait = new Wait();
        for (var token : tokens) {
            wait.byId(token);
            wait.byOrganization(token, organization(token.aggregate(), token.id()));
        }
    }

    /** For sums over everything, and for events. */
    public void ofEverything(Collection<Token> tokens) {
        var wait = new Wait();
        tokens.forEach(wait::byId);
    }

    /** The organization that an aggregate belongs to; empty if there is no such aggregate. */
    private String organization(Aggregate aggregate, String id) {
        if (aggregate == Aggregate.ORGANIZATIONS) {
            return id;
        }
        var view = views.find(aggregate, id);
        var organization = view.map(Consistency::organization).orElse("");
        if (view.isEmpty() || !organization.isEmpty()) {
            return organization;
        }
        // An erased user's event still tells.
        long version = ((Applied) view.get().get(0)).getVersion();
        return views.history(aggregate, id, version, 1).stream()
                .map(event -> event.header().getOrganizationId())
                .findFirst()
                .orElse("");
    }

    private static String organization(SpecificRecord view) {
        return view.get(1) instanceof UserState user
                ? user.getOrganizationId()
                : ((PaymentState) view.get(1)).getOrganizationId();
    }

    /** The wait for one query's tokens. */
    private final class Wait {

        private final long until = System.nanoTime() + patience.toNanos();

        void byId(Token token) {
            check(token, views.applied(token.id(), Side.BY_ID, token, left()));
        }

        void byOrganization(Token token, String organizationId) {
            check(token, views.applied(organizationId, Side.BY_ORGANIZATION, token, left()));
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        }

        private void check(Token token, boolean applied) {
            if (!applied) {
                throw new ViewsNotReadyException("the views have not come to " + token + " yet");
            }
        }
    }
}
