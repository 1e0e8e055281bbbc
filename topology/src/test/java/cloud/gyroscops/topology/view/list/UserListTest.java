package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.view.UserView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserListTest {

    @TempDir
    private Path directory;

    private ListDriver driver;

    @BeforeEach
    void open() {
        driver = new ListDriver(directory);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void anOrganizationsListHoldsItsUsersAlone() {
        create("u-1", "o-1", "ada", "Ada Lovelace");
        create("u-2", "o-2", "bob", "Bob Martin");

        assertThat(ids(query("", UserSort.USERNAME, false))).containsExactly("u-1");
    }

    @Test
    void deletedAndErasedUsersLeave() {
        create("u-1", "o-1", "ada", "Ada Lovelace");
        create("u-2", "o-1", "bob", "Bob Martin");
        create("u-3", "o-1", "eve", "Eve Moneypenny");
        driver.user("u-1", "o-1", new UserDeleted());
        driver.user("u-2", "o-1", new UserDeleted());
        driver.user("u-2", "o-1", new UserErased());

        assertThat(ids(query("", UserSort.USERNAME, false))).containsExactly("u-3");
    }

    @Test
    void statusesAreWhatTheListShows() {
        create("active", "o-1", "ada", "Ada Lovelace");
        driver.user("active", "o-1", new UserEmailVerified());
        create("unverified", "o-1", "bob", "Bob Martin");
        create("disabled", "o-1", "eve", "Eve Moneypenny");
        driver.user("disabled", "o-1", new UserDisabled());

        assertThat(ids(standing(UserStanding.ACTIVE))).containsExactly("active");
        assertThat(ids(standing(UserStanding.UNVERIFIED, UserStanding.DISABLED)))
                .containsExactly("unverified", "disabled");
        assertThat(ids(standing(UserStanding.UNKNOWN))).isEmpty();
    }

    @Test
    void aUserIsFoundByTheBeginningsOfWordsWhateverTheirCaseAndAccents() {
        create("u-1", "o-1", "zoe.m", "Zoé Éluard-Müller");

        for (var text : List.of("zoe", "ZOÉ", "elu mul", "müll zo", "eluard-muller", "zoe.m@acme", "acme.test")) {
            assertThat(ids(query(text, UserSort.USERNAME, false))).as(text).containsExactly("u-1");
        }
        for (var text : List.of("luard", "zoe x", "zoee")) {
            assertThat(ids(query(text, UserSort.USERNAME, false))).as(text).isEmpty();
        }
    }

    @Test
    void signsWithoutAnyLetterOrDigitAreFoundNowhere() {
        create("u-1", "o-1", "ada", "Ada Lovelace");

        assertThat(ids(query("!?", UserSort.USERNAME, false))).isEmpty();
        assertThat(ids(query("", UserSort.USERNAME, false))).containsExactly("u-1");
    }

    @Test
    void aUserIsFoundByItsNewNameAndNotByItsFormerOne() {
        create("u-1", "o-1", "ada", "Ada Byron");
        driver.user("u-1", "o-1", new UserUpdated(null, null, null, "Lovelace"));

        assertThat(ids(query("lovelace", UserSort.USERNAME, false))).containsExactly("u-1");
        assertThat(ids(query("byron", UserSort.USERNAME, false))).isEmpty();
    }

    @Test
    void whoNeverLoggedInComesLastBothWays() {
        create("never", "o-1", "ada", "Ada Lovelace");
        create("early", "o-1", "bob", "Bob Martin");
        create("late", "o-1", "eve", "Eve Moneypenny");
        driver.user("early", "o-1", new UserLoggedIn(ListDriver.START));
        driver.user("late", "o-1", new UserLoggedIn(ListDriver.START.plusSeconds(1)));

        assertThat(ids(query("", UserSort.LAST_LOGIN_AT, false))).containsExactly("early", "late", "never");
        assertThat(ids(query("", UserSort.LAST_LOGIN_AT, true))).containsExactly("late", "early", "never");
    }

    @Test
    void cursorsLeadThroughTheWholeListAlsoPastThoseWithoutALogin() {
        for (int i = 0; i < 23; i++) {
            create("u-" + i, "o-1", "user" + i % 5, "Ada Lovelace");
            if (i % 3 == 0) {
                driver.user("u-" + i, "o-1", new UserLoggedIn(ListDriver.START.plusSeconds(i % 2)));
            }
        }
        for (var sort : UserSort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                var all = ids(new UserQuery(List.of(), "", "", sort, descending, new Paging(1, 200, "")));

                assertThat(all).hasSize(23).doesNotHaveDuplicates();
                assertThat(byCursor(sort, descending))
                        .as(sort + " " + descending)
                        .isEqualTo(all);
            }
        }
    }

    private List<String> byCursor(UserSort sort, boolean descending) {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = page(new UserQuery(List.of(), "", "", sort, descending, new Paging(1, 4, cursor)));
            assertThat(page.total()).isEqualTo(23);
            page.rows().forEach(row -> ids.add(row.id()));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void aCursorStaysWhereItIsWhenRowsComeBeforeIt() {
        create("u-1", "o-1", "bob", "Bob Martin");
        create("u-2", "o-1", "eve", "Eve Moneypenny");
        var first = page(new UserQuery(List.of(), "", "", UserSort.USERNAME, false, new Paging(1, 1, "")));
        create("u-3", "o-1", "ada", "Ada Lovelace");

        var next = page(new UserQuery(
                List.of(),
                "",
                "",
                UserSort.USERNAME,
                false,
                new Paging(1, 1, first.next().orElseThrow())));

        assertThat(next.rows()).extracting(Page.Row::id).containsExactly("u-2");
        assertThat(next.next()).isEmpty();
    }

    @Test
    void aCursorOfAnotherSortIsRefused() {
        create("u-1", "o-1", "bob", "Bob Martin");
        create("u-2", "o-1", "eve", "Eve Moneypenny");
        var cursor = page(new UserQuery(List.of(), "", "", UserSort.USERNAME, false, new Paging(1, 1, "")))
                .next()
                .orElseThrow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserQuery(List.of(), "", "", UserSort.USERNAME, true, new Paging(1, 1, cursor)))
                .withMessageContaining(cursor);
    }

    private void create(String id, String organizationId, String username, String name) {
        var names = name.split(" ");
        driver.user(
                id,
                organizationId,
                new UserCreated(
                        username, username + "@acme.test", names[0], names[1], organizationId, List.of("admin")));
    }

    private static UserQuery query(String text, UserSort sort, boolean descending) {
        return new UserQuery(List.of(), "", text, sort, descending, Paging.FIRST);
    }

    private static UserQuery standing(UserStanding... standings) {
        return new UserQuery(List.of(standings), "", "", UserSort.CREATED_AT, false, Paging.FIRST);
    }

    private List<String> ids(UserQuery query) {
        return page(query).rows().stream().map(Page.Row::id).toList();
    }

    private Page<UserView> page(UserQuery query) {
        return Page.of(
                driver.ask(new ListUsers("o-1", query)), 0, query.paging().limit(), query.ordering());
    }
}
