package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.contract.view.UserQuarter;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Counts users, by the day and the quarter of an hour in which they were created, and the same for each role. Roles have
 * records of their own: clients choose them, and a record with all of them would have no bound.
 */
final class UserTally implements Projection {

    private final Kept kept;
    private final SchemaHistory history;
    private final Map<String, String> changelog;

    UserTally(Kept kept, SchemaHistory history, Map<String, String> changelog) {
        this.kept = kept;
        this.history = history;
        this.changelog = changelog;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Tallies.store(kept.users(), UserFigures.class, history, changelog));
    }

    @Override
    public Updates open(Stores stores) {
        KeyValueStore<String, UserFigures> figures = stores.store(kept.users());
        return change -> {
            if (change.getAggregateType() == AggregateType.USER) {
                count(figures, change);
            } else if (change.getAggregateType() == AggregateType.ORGANIZATION && kept == Kept.BY_ORGANIZATION) {
                // Organizations without users have figures, too.
                figures.putIfAbsent(Keys.total(change.getAggregateId()), nobody());
            }
        };
    }

    private void count(KeyValueStore<String, UserFigures> figures, ViewChange change) {
        var before = UserShare.of(change.getBefore());
        var after = UserShare.of(change.getAfter());
        if (before.equals(after)) {
            return;
        }
        var scope = kept.scope(change);
        long quarter = after.or(() -> before).orElseThrow().quarter();
        long day = Quarters.day(quarter);
        var difference = UserCounting.difference(before, after);
        if (UserCounting.counts(difference)) {
            addToTotal(figures, Keys.total(scope), difference);
            addToDay(figures, Keys.day(scope, day), quarter, difference);
        }
        for (var role : roles(before, after)) {
            long gained = has(after, role) - has(before, role);
            if (gained != 0) {
                var gain = new UserCounts(gained, 0L, 0L, 0L);
                addToTotal(figures, Keys.totalOfRole(scope, role), gain);
                addToDay(figures, Keys.dayOfRole(scope, day, role), quarter, gain);
            }
        }
    }

    /** A scope's total stays when its last user goes: it says that the scope is there. */
    private static void addToTotal(KeyValueStore<String, UserFigures> store, String key, UserCounts difference) {
        var figures = known(store, key);
        UserCounting.add(figures.getSum(), difference);
        boolean gone = figures.getSum().getTotal() == 0 && key.charAt(0) != '!';
        store.put(key, gone ? null : figures);
    }

    private static void addToDay(
            KeyValueStore<String, UserFigures> store, String key, long quarter, UserCounts difference) {
        var figures = known(store, key);
        UserCounting.add(figures.getSum(), difference);
        UserCounting.add(figures.getQuarters(), Quarters.ofDay(quarter), difference);
        store.put(key, figures.getSum().getTotal() == 0 ? null : figures);
    }

    private static UserFigures known(KeyValueStore<String, UserFigures> store, String key) {
        var figures = store.get(key);
        return figures == null ? nobody() : figures;
    }

    private static UserFigures nobody() {
        return new UserFigures(new UserCounts(0L, 0L, 0L, 0L), new ArrayList<UserQuarter>());
    }

    private static Set<String> roles(Optional<UserShare> before, Optional<UserShare> after) {
        var roles = new HashSet<String>();
        before.ifPresent(share -> roles.addAll(share.roles()));
        after.ifPresent(share -> roles.addAll(share.roles()));
        return roles;
    }

    private static int has(Optional<UserShare> share, String role) {
        return share.isPresent() && share.get().roles().contains(role) ? 1 : 0;
    }
}
