package cloud.gyroscops.query.payment;

import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Days;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.topology.view.figures.Figures;
import io.javalin.http.Context;

/** {@code …/payments/statistics} and {@code …/payments/dashboard}, of an organization and over everything. */
public final class PaymentFiguresResource {

    private static final Parameters STATISTICS =
            Parameters.once("from", "to", "zone").andSeveral("token");

    private static final Parameters ALL_STATISTICS = STATISTICS.andOnce(Scope.PARTIAL);

    private static final Parameters DASHBOARD = Parameters.once().andSeveral("token");

    private static final Parameters WHOLE_DASHBOARD = DASHBOARD.andOnce(Scope.PARTIAL);

    private final Scope scope;
    private final Figures figures;

    public PaymentFiguresResource(Scope scope, Figures figures) {
        this.scope = scope;
        this.figures = figures;
    }

    /** Of the payments of an organization that were created in a range of days. */
    public void statisticsOfOrganization(Context ctx) {
        var given = STATISTICS.read(ctx);
        var days = Days.of(given);
        var statistics = figures.payments(scope.organization(ctx, given), days);
        Answers.json(ctx, json -> FiguresJson.statistics(json, statistics));
    }

    /** Of all payments that were created in a range of days. */
    public void statisticsOfEverything(Context ctx) {
        var given = ALL_STATISTICS.read(ctx);
        var days = Days.of(given);
        scope.everything(given);
        var statistics = figures.payments(days);
        Answers.json(ctx, json -> FiguresJson.statistics(json, statistics));
    }

    /** How the payments of an organization go. */
    public void dashboardOfOrganization(Context ctx) {
        var given = DASHBOARD.read(ctx);
        var dashboard = figures.dashboard(scope.organization(ctx, given));
        Answers.json(ctx, json -> FiguresJson.dashboard(json, dashboard));
    }

    /** How all payments go. */
    public void dashboardOfEverything(Context ctx) {
        var given = WHOLE_DASHBOARD.read(ctx);
        scope.everything(given);
        var dashboard = figures.dashboard();
        Answers.json(ctx, json -> FiguresJson.dashboard(json, dashboard));
    }
}
