package cloud.gyroscops.query.payment;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.query.aggregate.Scope;
import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.http.ListParameters;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.list.Page;
import cloud.gyroscops.topology.view.list.PaymentQuery;
import cloud.gyroscops.topology.view.list.PaymentSort;
import cloud.gyroscops.topology.view.list.Suggestion;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code …/payments} and {@code …/payments/suggestions}, of an organization and over all. */
public final class PaymentSearchResource {

    private static final int LONGEST_TEXT = 200;
    private static final int MOST_SUGGESTIONS = 50;

    private static final Parameters SEARCH = Parameters.once(
                    "minAmount",
                    "maxAmount",
                    "createdFrom",
                    "createdTo",
                    "processedFrom",
                    "processedTo",
                    "userId",
                    "q",
                    "sort",
                    "order",
                    "page",
                    "limit",
                    "cursor")
            .andSeveral("status", "currency", "token");

    private static final Parameters SEARCH_ALL = SEARCH.andOnce(Scope.PARTIAL);

    private static final Parameters SUGGESTIONS = Parameters.once("q", "limit").andSeveral("token");

    private static final Parameters SUGGESTIONS_OF_ALL = SUGGESTIONS.andOnce(Scope.PARTIAL);

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private static final Map<String, PaymentSort> SORTS = Map.of(
            "createdAt", PaymentSort.CREATED_AT,
            "processedAt", PaymentSort.PROCESSED_AT,
            "amount", PaymentSort.AMOUNT,
            "status", PaymentSort.STATUS);

    private static final Map<String, PaymentStatus> STATUSES = statuses();

    private final Scope scope;
    private final Lists lists;

    public PaymentSearchResource(Scope scope, Lists lists) {
        this.scope = scope;
        this.lists = lists;
    }

    /** A page of an organization's payments. */
    public void ofOrganization(Context ctx) {
        var given = SEARCH.read(ctx);
        var query = query(given);
        var organization = scope.organization(ctx, given);
        answer(ctx, given, lists.payments(organization, query));
    }

    /** A page of all payments. */
    public void ofEverything(Context ctx) {
        var given = SEARCH_ALL.read(ctx);
        var query = given.asked(query(given)::overAll);
        scope.allOrganizations(given);
        answer(ctx, given, lists.payments(query));
    }

    /** Descriptions of an organization's payments, as one types. */
    public void suggestionsOfOrganization(Context ctx) {
        var given = SUGGESTIONS.read(ctx);
        var typed = typed(given);
        int most = most(given);
        var organization = scope.organization(ctx, given);
        answer(ctx, lists.suggestions(organization, typed, most));
    }

    /** Descriptions of all payments, as one types. */
    public void suggestionsOfEverything(Context ctx) {
        var given = SUGGESTIONS_OF_ALL.read(ctx);
        var typed = typed(given);
        int most = most(given);
        scope.allOrganizations(given);
        answer(ctx, lists.suggestions(typed, most));
    }

    private static String typed(Given given) {
        return given.text("q", LONGEST_TEXT)
                .map(text -> given.asked(() -> Lists.checked(text)))
                .orElseThrow(() -> Problem.badRequest("q", "there is no q; it must be what was typed so far"));
    }

    private static int most(Given given) {
        return given.whole("limit", 1, MOST_SUGGESTIONS)
                .orElse((long) Lists.DEFAULT_SUGGESTIONS)
                .intValue();
    }

    private static PaymentQuery query(Given given) {
        var sort = given.choice("sort", SORTS).orElse(PaymentSort.CREATED_AT);
        var least = given.whole("minAmount", 0, Long.MAX_VALUE);
        return given.asked(() -> new PaymentQuery(
                given.choices("status", STATUSES),
                given.matching("currency", CURRENCY, "it must be an ISO 4217 code like EUR"),
                least,
                given.whole("maxAmount", least.orElse(0L), Long.MAX_VALUE),
                given.period("createdFrom", "createdTo"),
                given.period("processedFrom", "processedTo"),
                given.id("userId").orElse(""),
                given.text("q", LONGEST_TEXT).orElse(""),
                sort,
                ListParameters.descending(given, sort != PaymentSort.STATUS),
                ListParameters.paging(given)));
    }

    private void answer(Context ctx, Given given, Page<PaymentView> page) {
        var names = scope.known()
                .organizationNames(page.rows().stream()
                        .map(row -> row.view().getState().getOrganizationId())
                        .collect(Collectors.toSet()));
        Answers.json(ctx, json -> {
            ListParameters.write(json, ctx.path(), given, page);
            json.writeArrayFieldStart("payments");
            for (var row : page.rows()) {
                var name = names.get(row.view().getState().getOrganizationId());
                PaymentJson.row(json, row.id(), row.view(), name);
            }
            json.writeEndArray();
        });
    }

    private static void answer(Context ctx, List<Suggestion> suggestions) {
        Answers.json(ctx, json -> {
            json.writeArrayFieldStart("suggestions");
            for (var suggestion : suggestions) {
                json.writeStartObject();
                json.writeStringField("text", suggestion.text());
                json.writeNumberField("score", suggestion.score());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static Map<String, PaymentStatus> statuses() {
        var statuses = new LinkedHashMap<String, PaymentStatus>();
        for (var status : PaymentStatus.values()) {
            if (status != PaymentStatus.NONE) {
                statuses.put(status.name(), status);
            }
        }
        return statuses;
    }
}
