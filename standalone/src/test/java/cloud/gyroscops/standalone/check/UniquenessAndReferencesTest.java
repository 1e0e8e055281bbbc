package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UpdateUser;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UniquenessAndReferencesTest extends CheckerSpecification {

    @BeforeEach
    void create() {
        organization("o-1");
    }

    @Test
    void twoUsersWithOneEmailAtOneTimeAreFound() {
        user("u-1", "o-1");
        var second = chronicle.happens("u-2", createUser("u-1", "o-1"));

        violated(Invariant.UNIQUENESS, second.event());
    }

    @Test
    void theTimeCountsAlsoIfTheFirstOneGaveUpLater() {
        user("u-1", "o-1");
        var second = chronicle.happens("u-2", createUser("u-1", "o-1"));
        chronicle.happens("u-1", new DeleteUser());

        violated(Invariant.UNIQUENESS, second.event());
    }

    @Test
    void whatWasGivenUpMayBeTaken() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new UpdateUser(null, "new@acme.test", null, null));
        chronicle.happens("u-1", new DeleteUser());
        chronicle.happens("u-2", createUser("u-1", "o-1"));

        content();
    }

    @Test
    void aUserOfAnOrganizationThatIsNotThereIsFound() {
        violated(Invariant.REFERENCES, user("u-1", "o-2").event());
    }

    @Test
    void anOrganizationThatCameLaterIsFound() {
        var user = user("u-1", "o-2");
        organization("o-2");

        violated(Invariant.REFERENCES, user.event());
    }

    @Test
    void aPaymentOfNobodyIsFound() {
        violated(Invariant.REFERENCES, payment("p-1", "o-1", "u-1").event());
    }

    @Test
    void aPaymentOfAUserElsewhereIsFound() {
        organization("o-2");
        user("u-1", "o-2");

        violated(Invariant.REFERENCES, payment("p-1", "o-1", "u-1").event());
    }

    @Test
    void aUserThatWasDeletedJustNowMayStillBeTakenToBeThere() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new DeleteUser());
        payment("p-1", "o-1", "u-1");

        content();
    }

    @Test
    void aPaymentLongAfterItsUsersEndIsFound() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new DeleteUser());
        chronicle.later(Duration.ofMinutes(2));

        violated(Invariant.REFERENCES, payment("p-1", "o-1", "u-1").event());
    }
}
