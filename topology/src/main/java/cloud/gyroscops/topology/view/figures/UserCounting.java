package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserQuarter;
import java.util.List;
import java.util.Optional;

/** How counts of users are added up, in place. */
final class UserCounting {

    private UserCounting() {}

    /** What a user's change makes of the counts. */
    static UserCounts difference(Optional<UserShare> before, Optional<UserShare> after) {
        var difference = after.map(UserShare::counts).orElseGet(() -> new UserCounts(0L, 0L, 0L, 0L));
        before.map(UserShare::counts).ifPresent(counts -> {
            difference.setTotal(difference.getTotal() - counts.getTotal());
            difference.setActive(difference.getActive() - counts.getActive());
            difference.setVerified(difference.getVerified() - counts.getVerified());
            difference.setWithLogin(difference.getWithLogin() - counts.getWithLogin());
        });
        return difference;
    }

    /** Whether it is not all zeros. */
    static boolean counts(UserCounts counts) {
        return counts.getTotal() != 0
                || counts.getActive() != 0
                || counts.getVerified() != 0
                || counts.getWithLogin() != 0;
    }

    static void add(UserCounts sum, UserCounts more) {
        sum.setTotal(sum.getTotal() + more.getTotal());
        sum.setActive(sum.getActive() + more.getActive());
        sum.setVerified(sum.getVerified() + more.getVerified());
        sum.setWithLogin(sum.getWithLogin() + more.getWithLogin());
    }

    /** Quarters stay in order, and only those with users stay. */
    static void add(List<UserQuarter> quarters, int quarter, UserCounts more) {
        int at = 0;
        while (at < quarters.size() && quarters.get(at).getQuarter() < quarter) {
            at++;
        }
        if (at == quarters.size() || quarters.get(at).getQuarter() != quarter) {
            quarters.add(at, new UserQuarter(quarter, new UserCounts(0L, 0L, 0L, 0L)));
        }
        var counts = quarters.get(at).getCounts();
        add(counts, more);
        if (counts.getTotal() == 0) {
            quarters.remove(at);
        }
    }
}
