package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeftTransactionsTest {

    private static final String OWN = "00000000-0000-4000-8000-000000000001";
    private static final String ALIVE = "00000000-0000-4000-8000-000000000002";
    private static final String DEAD = "00000000-0000-4000-8000-000000000003";

    private final List<String> members = List.of(member("app", OWN), member("app", ALIVE));

    @Test
    void aProcessThatIsNoMemberHasLeftItsTransactions() {
        var open = List.of("app-" + ALIVE + "-1", "app-" + DEAD + "-1", "app-" + DEAD + "-12");

        assertThat(LeftTransactions.abandoned("app", OWN, open, members))
                .containsExactly("app-" + DEAD + "-1", "app-" + DEAD + "-12");
    }

    @Test
    void transactionsOfOtherApplicationsAndOfWhoeverElseAreNoneOfItsBusiness() {
        var open = List.of(
                "app-2-" + DEAD + "-1", "my-app-" + DEAD + "-1", "app-one", "app-" + DEAD, "app-" + DEAD + "-x");

        assertThat(LeftTransactions.abandoned("app", OWN, open, members)).isEmpty();
    }

    @Test
    void whoDoesNotSeeItselfInTheGroupDeclaresNobodyDead() {
        assertThat(LeftTransactions.abandoned("app", OWN, List.of("app-" + DEAD + "-1"), List.of(member("app", ALIVE))))
                .isEmpty();
    }

    @Test
    void membersWhoseNamesTellNoProcessMayBeAnybody() {
        assertThat(LeftTransactions.abandoned(
                        "app",
                        OWN,
                        List.of("app-" + DEAD + "-1"),
                        List.of(member("app", OWN), "billing-StreamThread-1-consumer")))
                .isEmpty();
    }

    @Test
    void anInstanceWithAClientIdOfItsOwnDoesNotLook() {
        assertThat(LeftTransactions.of(null, "app", "billing-StreamThread-1-consumer"))
                .isEmpty();
    }

    private static String member(String application, String process) {
        return application + "-" + process + "-StreamThread-1-consumer";
    }
}
