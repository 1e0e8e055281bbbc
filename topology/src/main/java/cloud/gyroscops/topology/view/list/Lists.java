package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.topology.view.index.Hits;
import cloud.gyroscops.topology.view.partition.Questions;
import java.util.List;

/**
 * Lists of users and payments, and suggestions. All methods throw
 * {@link cloud.gyroscops.topology.view.ViewsNotReadyException} while stores are restored or move, and
 * {@code IllegalArgumentException} for what cannot be asked.
 */
public final class Lists {

    /** How many suggestions are made unless told otherwise. */
    public static final int DEFAULT_SUGGESTIONS = 10;

    private final Questions views;

    public Lists(Questions views) {
        this.views = views;
    }

    /** A text that may be looked for; throws {@code IllegalArgumentException} where it may not. */
    public static String checked(String text) {
        FreeText.check(text);
        return text;
    }

    /** Users of an organization; none of one that is not known. */
    public Page<UserView> users(String organizationId, UserQuery query) {
        var found = views.ask(organizationId, new ListUsers(organizationId, query));
        return Page.of(found, 0, query.paging().limit(), query.ordering());
    }

    /** Payments of an organization; none of one that is not known. */
    public Page<PaymentView> payments(String organizationId, PaymentQuery query) {
        FreeText.checkOrganization(organizationId);
        var found = views.ask(organizationId, new SearchPayments(organizationId, query));
        return Page.of(found, 0, query.paging().limit(), query.ordering());
    }

    /** Payments of all organizations; by page no further than {@link Paging#DEEPEST_OVER_ALL}. */
    public Page<PaymentView> payments(PaymentQuery query) {
        var found = views.askAll(new SearchPayments("", query));
        var paging = query.paging();
        return Page.of(Hits.merged(found, query.ordering()), paging.skipped(), paging.limit(), query.ordering());
    }

    /**
     * Descriptions of an organization's payments that are like what somebody types, best first.
     *
     * @param typed at most 200 characters; the last word may be only begun
     * @param most how many at most, 1 to 50
     */
    public List<Suggestion> suggestions(String organizationId, String typed, int most) {
        FreeText.checkOrganization(organizationId);
        return views.ask(organizationId, new SuggestDescriptions(organizationId, typed, most));
    }

    /** The same over all organizations. */
    public List<Suggestion> suggestions(String typed, int most) {
        return Suggestion.best(views.askAll(new SuggestDescriptions("", typed, most)), most);
    }
}
