package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.keycloak.Merge.Changed;
import cloud.gyroscops.connectors.keycloak.Merge.Difference;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final Map<String, String> OURS = Map.of("lastName", "Lovelace", "roles", "");
    private static final Map<String, String> THEIRS = Map.of("lastName", "Byron", "roles", "");

    @Test
    void whatWasToldAMomentAgoIsLeftAlone() throws Exception {
        var first = compared(OURS);
        assertThat(first.taken()).containsKey("lastName");
        var second = compared(Told.noted(subject(OURS), first, first.wanted(THEIRS)));
        assertThat(second.differences()).extracting(Difference::changed).containsExactly(Changed.EARLIER);
        assertThat(second.wanted(THEIRS)).isEqualTo(THEIRS);
        assertThat(second.taken()).isEmpty();
        assertThat(Findings.of(second, Look.comparing(false), "users.update")).isEmpty();
        assertThat(Findings.of(second, Look.comparing(true), "users.update")).isEmpty();
    }

    @Test
    void whatWasToldAndNeverAnsweredIsPushed() throws Exception {
        var mirrored = new HashMap<>(THEIRS);
        mirrored.put(
                "told.lastName",
                Long.toString(Instant.now().minus(Told.PATIENCE).toEpochMilli()));
        assertThat(compared(mirrored).wanted(THEIRS)).isEqualTo(OURS);
    }

    @Test
    void theNoteStaysUntilTheAnswerIsThere() throws Exception {
        var mirrored = new HashMap<>(THEIRS);
        mirrored.put("told.lastName", "1700000000000");
        var waiting = merge(mirrored, OURS, Optional.of(Set.of("roles")));
        assertThat(Told.noted(subject(mirrored), waiting, THEIRS)).containsEntry("told.lastName", "1700000000000");
        var answered = merge(mirrored, THEIRS, Optional.of(Set.of("roles")));
        assertThat(Told.noted(subject(mirrored), answered, THEIRS)).isEqualTo(THEIRS);
    }

    private static Merge compared(Map<String, String> mirrored) throws TargetException {
        return merge(mirrored, OURS, Told.touched(Look.comparing(false), subject(mirrored), OURS.keySet()));
    }

    private static Merge merge(Map<String, String> mirrored, Map<String, String> ours, Optional<Set<String>> touched)
            throws TargetException {
        return Merge.of(mirrored, ours, THEIRS, touched, Facts.OF_USERS, "lastName"::equals, field -> Optional.empty());
    }

    private static Subject subject(Map<String, String> mirrored) {
        return new Subject(Aggregate.USERS, "u-1", "o-1", 1, null, Optional.of("kc"), mirrored, Optional.empty());
    }
}
