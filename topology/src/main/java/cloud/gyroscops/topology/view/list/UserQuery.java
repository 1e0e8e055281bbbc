package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Ordering;
import cloud.gyroscops.topology.view.index.Queries;
import java.util.List;
import org.apache.lucene.search.Query;

/**
 * Which users are wanted, and how.
 *
 * @param standings one of these; none: any
 * @param role a role that they have; empty: any
 * @param text words that those of username, email or name begin with, each of them; at most 200 characters
 * @param sort what by; equal ones by id
 * @param descending whether the latest, or last in the alphabet, come first
 */
public record UserQuery(
        List<UserStanding> standings, String role, String text, UserSort sort, boolean descending, Paging paging) {

    /** Checks the values; throws {@code IllegalArgumentException}. */
    public UserQuery {
        standings = List.copyOf(standings);
        FreeText.check(text);
        paging.within(Paging.DEEPEST);
        paging.after(sort.ordering(descending));
    }

    Ordering ordering() {
        return sort.ordering(descending);
    }

    Query in(String organizationId) {
        return new Queries()
                .is(UserDocuments.ORGANIZATION, organizationId)
                .isOneOf(
                        UserDocuments.STANDING,
                        standings.stream().map(Enum::name).toList())
                .is(UserDocuments.ROLE, role)
                .hasWords(UserDocuments.WORDS, text)
                .query();
    }
}
