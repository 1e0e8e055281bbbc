package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.Finding;
import cloud.gyroscops.query.aggregate.HistoryResource;
import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.command.CommandsResource;
import cloud.gyroscops.query.docs.DocsResource;
import cloud.gyroscops.query.events.EventsResource;
import cloud.gyroscops.query.feed.FeedResource;
import cloud.gyroscops.query.health.HealthResource;
import cloud.gyroscops.query.organization.OrganizationResource;
import cloud.gyroscops.query.payment.PaymentFiguresResource;
import cloud.gyroscops.query.payment.PaymentResource;
import cloud.gyroscops.query.payment.PaymentSearchResource;
import cloud.gyroscops.query.peer.PeerResource;
import cloud.gyroscops.query.user.Permissions;
import cloud.gyroscops.query.user.UserAnalyticsResource;
import cloud.gyroscops.query.user.UserListResource;
import cloud.gyroscops.query.user.UserResource;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.figures.Figures;
import cloud.gyroscops.topology.view.history.EventSearch;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.TimeTravel;
import cloud.gyroscops.topology.view.list.Lists;
import java.time.Clock;

/** Everything that answers at some path. */
record Resources(
        CommandsResource commands,
        OrganizationResource organizations,
        HistoryResource organizationHistories,
        UserResource users,
        HistoryResource userHistories,
        UserListResource userLists,
        UserAnalyticsResource userAnalytics,
        PaymentResource payments,
        HistoryResource paymentHistories,
        PaymentSearchResource paymentSearch,
        PaymentFiguresResource paymentFigures,
        EventsResource events,
        HealthResource health,
        PeerResource peers,
        DocsResource docs) {

    /** What the views can be asked. */
    record Answering(
            Known known,
            Consistency consistency,
            TimeTravel past,
            Histories histories,
            EventSearch search,
            Lists lists,
            Figures figures) {

        private Finding finding(Aggregate aggregate) {
            return new Finding(aggregate, known, past, consistency);
        }

        private HistoryResource histories(Aggregate aggregate) {
            return new HistoryResource(finding(aggregate), histories);
        }
    }

    static Resources of(
            CommandsResource commands,
            HealthResource health,
            PeerResource peers,
            Answering views,
            FeedResource feed,
            Permissions permissions,
            Clock clock) {
        var scope = new Scope(views.known(), views.consistency());
        return new Resources(
                commands,
                new OrganizationResource(views.finding(Aggregate.ORGANIZATIONS)),
                views.histories(Aggregate.ORGANIZATIONS),
                new UserResource(views.finding(Aggregate.USERS), permissions),
                views.histories(Aggregate.USERS),
                new UserListResource(scope, views.lists()),
                new UserAnalyticsResource(scope, views.figures()),
                new PaymentResource(views.finding(Aggregate.PAYMENTS), views.histories(), clock),
                views.histories(Aggregate.PAYMENTS),
                new PaymentSearchResource(scope, views.lists()),
                new PaymentFiguresResource(scope, views.figures()),
                new EventsResource(scope, views.search(), feed),
                health,
                peers,
                new DocsResource());
    }
}
