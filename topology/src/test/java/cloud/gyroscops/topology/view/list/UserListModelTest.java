package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.index.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random users, and random queries: the index answers as a plain list of all users does. */
class UserListModelTest {

    private static final List<String> ORGANIZATIONS = List.of("o-1", "o-2", "o-3");
    private static final List<String> NAMES =
            List.of("Ada", "Adèle", "Bob", "Zoé", "Jean-Luc", "Ångström", "O'Neil", "de la Tour");
    private static final List<String> ROLES = List.of("admin", "editor", "viewer");
    private static final List<String> TEXTS =
            List.of("", "a", "ad", "zoe", "jean", "luc", "acme", "o b", "tour de", "x");

    @TempDir
    private Path directory;

    private final Random random = new Random(20_260_101);
    private final Set<String> ids = new LinkedHashSet<>();

    @Test
    void theListIsThatOfAPlainModel() {
        try (var driver = new ListDriver(directory)) {
            for (int step = 0; step < 1_200; step++) {
                change(driver);
                if (step % 8 == 0) {
                    compare(driver, query());
                }
            }
        }
    }

    private void change(ListDriver driver) {
        var id = "u-" + random.nextInt(150);
        // An id's user stays in its organization.
        var organization = ORGANIZATIONS.get(Math.floorMod(id.hashCode(), ORGANIZATIONS.size()));
        if (ids.add(id)) {
            driver.user(id, organization, created(organization));
        } else if (!state(driver, id).equals("ERASED")) {
            boolean deleted = state(driver, id).equals("DELETED");
            driver.user(id, organization, deleted ? new UserErased() : happened(driver.now()));
        }
    }

    private static String state(ListDriver driver, String id) {
        return view(driver, id).getState().getStatus().name();
    }

    private UserCreated created(String organization) {
        var username = "user" + random.nextInt(40);
        return new UserCreated(
                username, username + "@acme.test", pick(NAMES), pick(NAMES), organization, List.of(pick(ROLES)));
    }

    private SpecificRecord happened(Instant now) {
        return switch (random.nextInt(9)) {
            case 0 -> new UserDeleted();
            case 1 -> new UserDisabled();
            case 2 -> new UserEnabled();
            case 3, 4 -> new UserEmailVerified();
            case 5 -> new UserRolesAssigned(List.of("viewer", pick(ROLES)));
            case 6 -> new UserUpdated("user" + random.nextInt(40), null, null, null);
            case 7 -> new UserUpdated(null, "mail" + random.nextInt(40) + "@acme.test", pick(NAMES), null);
            default -> new UserLoggedIn(now.minusSeconds(60L * random.nextInt(5)));
        };
    }

    private UserQuery query() {
        var standings = Stream.of(UserStanding.values())
                .filter(each -> random.nextInt(4) == 0)
                .toList();
        return new UserQuery(
                standings,
                random.nextInt(3) == 0 ? pick(ROLES) : "",
                pick(TEXTS),
                UserSort.values()[random.nextInt(UserSort.values().length)],
                random.nextBoolean(),
                new Paging(1 + random.nextInt(3), 1 + random.nextInt(12), ""));
    }

    private void compare(ListDriver driver, UserQuery query) {
        for (var organization : ORGANIZATIONS) {
            var page = Page.of(
                    driver.ask(new ListUsers(organization, query)),
                    0,
                    query.paging().limit(),
                    query.ordering());
            var expected = model(driver, organization, query);
            int from = Math.min(query.paging().skipped(), expected.size());
            int to = Math.min(from + query.paging().limit(), expected.size());

            assertThat(page.total()).as("%s", query).isEqualTo(expected.size());
            assertThat(page.rows()).as("%s", query).isEqualTo(expected.subList(from, to));
            assertThat(page.next().isPresent()).as("%s", query).isEqualTo(to < expected.size() && to > from);
        }
    }

    private List<Page.Row<UserView>> model(ListDriver driver, String organization, UserQuery query) {
        var rows = new ArrayList<Page.Row<UserView>>();
        for (var id : ids) {
            var view = view(driver, id);
            if (UserRules.exists(view.getState())
                    && view.getState().getOrganizationId().equals(organization)
                    && matches(view.getState(), query)) {
                rows.add(new Page.Row<>(id, view));
            }
        }
        rows.sort(order(query));
        return rows;
    }

    private static UserView view(ListDriver driver, String id) {
        return (UserView) driver.views().find(Aggregate.USERS, id).orElseThrow();
    }

    private static boolean matches(UserState user, UserQuery query) {
        var words = Words.of(
                user.getUsername() + " " + user.getEmail() + " " + user.getFirstName() + " " + user.getLastName());
        return (query.standings().isEmpty() || query.standings().contains(UserStanding.of(user)))
                && (query.role().isEmpty() || user.getRoles().contains(query.role()))
                && Words.of(query.text()).stream()
                        .allMatch(typed -> words.stream().anyMatch(word -> word.startsWith(typed)));
    }

    private static Comparator<Page.Row<UserView>> order(UserQuery query) {
        Comparator<Page.Row<UserView>> byId = Comparator.comparing(Page.Row::id);
        return switch (query.sort()) {
            case CREATED_AT ->
                directed(query, Comparator.<Page.Row<UserView>, Instant>comparing(row -> row.view()
                                .getApplied()
                                .getCreatedAt()))
                        .thenComparing(byId);
            case USERNAME ->
                directed(query, Comparator.<Page.Row<UserView>, String>comparing(row -> row.view()
                                .getState()
                                .getUsername()))
                        .thenComparing(byId);
            case EMAIL ->
                directed(query, Comparator.<Page.Row<UserView>, String>comparing(row -> row.view()
                                .getState()
                                .getEmail()))
                        .thenComparing(byId);
            case LAST_LOGIN_AT ->
                Comparator.<Page.Row<UserView>, Instant>comparing(
                                row -> row.view().getState().getLastLoginAt(),
                                Comparator.nullsLast(
                                        query.descending()
                                                ? Comparator.<Instant>reverseOrder()
                                                : Comparator.<Instant>naturalOrder()))
                        .thenComparing(byId);
        };
    }

    private static <T> Comparator<T> directed(UserQuery query, Comparator<T> order) {
        return query.descending() ? order.reversed() : order;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
