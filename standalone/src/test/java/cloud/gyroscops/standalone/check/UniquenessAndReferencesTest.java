package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UpdateUser;
import java.time.Duration;
import java.util.stream.IntStream;
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
        chronicle.later(Duration.ofSeconds(2));
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
        chronicle.later(Duration.ofSeconds(2));
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
    void clocksMayDifferWhereSomethingIsTaken() {
        user("u-1", "o-1");
        chronicle.later(Duration.ofSeconds(5));
        chronicle.happens("u-1", new DeleteUser());
        chronicle.later(Duration.ofMillis(-900));
        chronicle.happens("u-2", createUser("u-1", "o-1"));

        content();
    }

    @Test
    void clocksMayNotDifferByMoreThanTheTolerance() {
        user("u-1", "o-1");
        chronicle.later(Duration.ofSeconds(5));
        chronicle.happens("u-1", new DeleteUser());
        chronicle.later(Duration.ofMillis(-1_100));
        var second = chronicle.happens("u-2", createUser("u-1", "o-1"));

        violated(Invariant.UNIQUENESS, second.event());
    }

    @Test
    void clocksMayDifferWhereSomethingIsNamed() {
        organization("o-2");
        chronicle.later(Duration.ofMillis(-900));
        user("u-1", "o-2");
        chronicle.later(Duration.ofMillis(-50));
        payment("p-1", "o-2", "u-1");

        content();
    }

    @Test
    void aPaymentThatWasSentInTimeMayHaveWaitedForLong() {
        waitForTenMinutesWhileItsUserEnds("p-1");

        content();
    }

    @Test
    void anAnswerThatCameLateIsRememberedFromThenOn() {
        waitForTenMinutesWhileItsUserEnds("p-1");
        chronicle.later(Duration.ofSeconds(30));
        payment(neighbour("p-1"), "o-1", "u-1");

        content();
    }

    @Test
    void anAnswerThatCameLateIsNotRememberedForEver() {
        waitForTenMinutesWhileItsUserEnds("p-1");
        chronicle.later(Duration.ofMinutes(2));

        violated(Invariant.REFERENCES, payment(neighbour("p-1"), "o-1", "u-1").event());
    }

    private void waitForTenMinutesWhileItsUserEnds(String payment) {
        user("u-1", "o-1");
        var payload = createPayment("o-1", "u-1");
        var command = chronicle.command(payment, "c-waits", payload);
        long sent = chronicle.now();
        chronicle.later(Duration.ofSeconds(1));
        chronicle.happens("u-1", new DeleteUser());
        chronicle.later(Duration.ofMinutes(10));
        chronicle.decideAt(sent);
        chronicle.settle(payment, "c-waits", command, payload);
        chronicle.decideAt(null);
    }

    private static String neighbour(String id) {
        return IntStream.range(2, 100)
                .mapToObj(number -> "p-" + number)
                .filter(other -> Chronicle.partition(other) == Chronicle.partition(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPaymentLongAfterItsUsersEndIsFound() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new DeleteUser());
        chronicle.later(Duration.ofMinutes(2));

        violated(Invariant.REFERENCES, payment("p-1", "o-1", "u-1").event());
    }
}
