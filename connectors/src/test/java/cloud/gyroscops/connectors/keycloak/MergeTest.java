package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.keycloak.Merge.Changed;
import cloud.gyroscops.connectors.keycloak.Merge.Difference;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final Merge.Newer UNKNOWN = field -> Optional.empty();

    @Test
    void whatIsEqualIsNoDifference() throws Exception {
        var merge = merge("a", "b", "b", UNKNOWN);
        assertThat(merge.differences()).isEmpty();
        assertThat(merge.drifted()).isFalse();
    }

    @Test
    void ourChangeIsPushed() throws Exception {
        var merge = merge("old", "new", "old", UNKNOWN);
        assertThat(merge.differences())
                .containsExactly(new Difference("lastName", "new", "old", "old", Changed.OURS, false));
        assertThat(merge.wanted(Map.of("lastName", "old"))).isEqualTo(Map.of("lastName", "new"));
        assertThat(Findings.of(merge, Look.replaying(), "users.update")).isEmpty();
        assertThat(Findings.of(merge, Look.comparing(false), "users.update"))
                .extracting(Finding::kind)
                .containsExactly(OutcomeKind.DRIFT_CORRECTED);
    }

    @Test
    void theirChangeOfOurFieldIsUndone() throws Exception {
        var merge = merge("old", "old", "theirs", UNKNOWN);
        assertThat(merge.drifted()).isTrue();
        assertThat(merge.wanted(Map.of("lastName", "theirs"))).isEqualTo(Map.of("lastName", "old"));
        assertThat(merge.taken()).isEmpty();
        assertThat(Findings.of(merge, Look.replaying(), "users.update"))
                .extracting(Finding::kind)
                .containsExactly(OutcomeKind.DRIFT_CORRECTED);
    }

    @Test
    void theirChangeOfTheirFieldIsTaken() throws Exception {
        var merge = of(
                Map.of("emailVerified", "false"),
                Map.of("emailVerified", "false"),
                Map.of("emailVerified", "true"),
                Optional.empty(),
                UNKNOWN);
        assertThat(merge.taken()).isEqualTo(Map.of("emailVerified", "true"));
        assertThat(merge.wanted(Map.of("emailVerified", "true"))).isEqualTo(Map.of("emailVerified", "true"));
    }

    @Test
    void whatWasNeverMirroredGoesByItsOwner() throws Exception {
        var ours = Map.of("emailVerified", "false", "lastName", "ours");
        var theirs = Map.of("emailVerified", "true", "lastName", "theirs");
        var merge = of(Map.of(), ours, theirs, Optional.empty(), UNKNOWN);
        assertThat(merge.wanted(theirs)).isEqualTo(Map.of("emailVerified", "true", "lastName", "ours"));
        assertThat(merge.drifted()).isFalse();
    }

    @Test
    void ofTwoChangesTheNewerWinsElseTheOwner() throws Exception {
        assertThat(merge("old", "ours", "theirs", field -> Optional.of(true)).taken())
                .isEqualTo(Map.of("lastName", "theirs"));
        assertThat(merge("old", "ours", "theirs", field -> Optional.of(false)).taken())
                .isEmpty();
        var byOwner = merge("old", "ours", "theirs", UNKNOWN);
        assertThat(byOwner.taken()).isEmpty();
        assertThat(Findings.of(byOwner, Look.comparing(false), "users.update"))
                .extracting(Finding::kind)
                .containsExactly(OutcomeKind.CONFLICT);
    }

    @Test
    void whatNobodyCanTakeOverStaysOurs() throws Exception {
        var merge = Merge.of(
                Map.of("organization", "a"),
                Map.of("organization", "b"),
                Map.of("organization", "c"),
                Optional.empty(),
                Facts.OF_USERS,
                field -> true,
                field -> Optional.of(true));
        assertThat(merge.taken()).isEmpty();
    }

    @Test
    void whatTheEventAtHandDoesNotSetStaysAsItIsThere() throws Exception {
        var touched = Optional.of(Set.of("firstName"));
        // Told to the aggregate a moment ago, which has not answered yet.
        var merge = of(
                Map.of("emailVerified", "true"),
                Map.of("emailVerified", "false"),
                Map.of("emailVerified", "true"),
                touched,
                UNKNOWN);
        assertThat(merge.differences()).extracting(Difference::changed).containsExactly(Changed.EARLIER);
        assertThat(merge.wanted(Map.of("emailVerified", "true"))).isEqualTo(Map.of("emailVerified", "true"));
        assertThat(merge.taken()).isEmpty();
        assertThat(merge.drifted()).isFalse();
    }

    @Test
    void anotherEmailThatIsVerifiedThereVerifiesNothingOfOurs() throws Exception {
        var ours = Map.of("email", "victim@acme.test", "emailVerified", "false");
        var theirs = Map.of("email", "own@evil.test", "emailVerified", "true");
        for (var base : List.of(ours, Map.<String, String>of())) {
            var merge = of(base, ours, theirs, Optional.empty(), UNKNOWN).verifiedWithEmail();
            assertThat(merge.taken()).isEmpty();
            assertThat(merge.wanted(theirs)).isEqualTo(ours);
        }
        var restored = Map.of("email", "victim@acme.test", "emailVerified", "true");
        assertThat(of(
                                restored,
                                restored,
                                Map.of("email", "b@c.test", "emailVerified", "false"),
                                Optional.empty(),
                                UNKNOWN)
                        .verifiedWithEmail()
                        .wanted(theirs))
                .isEqualTo(restored);
    }

    @Test
    void ofAnEmailThatIsTakenNothingIsToldUntilTheLogHasIt() throws Exception {
        var base = Map.of("email", "old@acme.test", "emailVerified", "false");
        var theirs = Map.of("email", "new@acme.test", "emailVerified", "true");
        var merge = Merge.of(base, base, theirs, Optional.empty(), Facts.OF_USERS, field -> true, UNKNOWN)
                .verifiedWithEmail();
        assertThat(merge.taken()).isEqualTo(Map.of("email", "new@acme.test"));
        assertThat(merge.wanted(theirs)).isEqualTo(theirs);
    }

    @Test
    void anEmailInOtherCaseIsTheSameEmail() throws Exception {
        var ours = Map.of("email", "Ada@acme.test", "emailVerified", "false");
        var theirs = Map.of("email", "ada@acme.test", "emailVerified", "true");
        assertThat(of(ours, ours, theirs, Optional.empty(), UNKNOWN)
                        .verifiedWithEmail()
                        .taken())
                .isEqualTo(Map.of("emailVerified", "true"));
    }

    @Test
    void aDryRunOnlyTells() throws Exception {
        var findings = Findings.of(merge("old", "old", "theirs", UNKNOWN), Look.comparing(true), "users.update");
        assertThat(findings).extracting(Finding::kind).containsExactly(OutcomeKind.DRIFT_FOUND);
        assertThat(findings.get(0).differences().get(0).getKept()).isNull();
    }

    private static Merge merge(String base, String ours, String theirs, Merge.Newer newer) throws TargetException {
        return of(
                Map.of("lastName", base),
                Map.of("lastName", ours),
                Map.of("lastName", theirs),
                Optional.empty(),
                newer);
    }

    private static Merge of(
            Map<String, String> base,
            Map<String, String> ours,
            Map<String, String> theirs,
            Optional<Set<String>> touched,
            Merge.Newer newer)
            throws TargetException {
        return Merge.of(base, ours, theirs, touched, Facts.OF_USERS, List.of("emailVerified")::contains, newer);
    }
}
