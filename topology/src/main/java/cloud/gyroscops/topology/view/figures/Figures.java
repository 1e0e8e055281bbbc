package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.topology.view.partition.Questions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Analytics, statistics and dashboards. Of everything, or of an organization; one that nobody knows has figures without
 * anything in them. All methods throw {@code ViewsNotReadyException} while stores are restored or move.
 *
 * <p>What was changed before a question came is in the answer, as far as the views have come; a change that comes while it
 * is answered may be in a part of the answer alone, like in the total and not yet in the roles.
 */
public final class Figures {

    private final Questions views;

    /** The users of one organization. */
    public record OfOrganization(String organizationId, UserAnalytics users) {}

    /** The figures of whoever answers questions. */
    public Figures(Questions views) {
        this.views = views;
    }

    /** The users of an organization that were created in those days. */
    public UserAnalytics users(String organizationId, DateRange days) {
        return UserAnalytics.of(views.ask(
                organizationId,
                new ReadUsers(
                        Kept.BY_ORGANIZATION,
                        organizationId,
                        days.span(),
                        days.zone().getId())));
    }

    /** All users that were created in those days. */
    public UserAnalytics users(DateRange days) {
        var sums = views.askAll(new ReadUsers(
                Kept.OVER_EVERYTHING, Keys.EVERYTHING, days.span(), days.zone().getId()));
        return UserAnalytics.of(sums.stream().reduce(UserSums.NONE, UserSums::plus));
    }

    /**
     * The same for each organization, those without users too, in the order of their ids.
     *
     * @param after the organization after which to begin; empty: with the first
     * @param most how many organizations at most
     * @param daily whether the days are told one by one; {@link UserAnalytics#daily} is empty otherwise
     */
    public List<OfOrganization> usersByOrganization(String after, int most, DateRange days, boolean daily) {
        // Each partition may have them all: only the ones that are shown are worth to be added up.
        var shown = views.askAll(new ReadOrganizations(after, most)).stream()
                .flatMap(List::stream)
                .sorted()
                .limit(most)
                .toList();
        var question = new ReadUsersByOrganization(
                shown, days.span(), daily ? days.zone().getId() : "");
        return views.askAll(question).stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(ReadUsersByOrganization.OfOrganization::organizationId))
                .map(each -> new OfOrganization(each.organizationId(), UserAnalytics.of(each.users())))
                .toList();
    }

    /** The payments of an organization that were created in those days. */
    public PaymentStatistics payments(String organizationId, DateRange days) {
        return PaymentStatistics.of(
                views.ask(organizationId, new ReadPayments(Kept.BY_ORGANIZATION, organizationId, days.span())));
    }

    /** All payments that were created in those days. */
    public PaymentStatistics payments(DateRange days) {
        return PaymentStatistics.of(
                views.askAll(new ReadPayments(Kept.OVER_EVERYTHING, Keys.EVERYTHING, days.span())).stream()
                        .reduce(PaymentSums.NONE, PaymentSums::plus));
    }

    /** How the payments of an organization go. */
    public PaymentDashboard dashboard(String organizationId) {
        var figures = views.ask(organizationId, new ReadDashboard(Kept.BY_ORGANIZATION, organizationId));
        return PaymentDashboard.of(figures.stream().toList());
    }

    /** How all payments go. */
    public PaymentDashboard dashboard() {
        var figures = views.askAll(new ReadDashboard(Kept.OVER_EVERYTHING, Keys.EVERYTHING));
        return PaymentDashboard.of(figures.stream().flatMap(Optional::stream).toList());
    }
}
