package cloud.gyroscops.topology.view.version;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.view.ViewVersions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final long STAY = 10;

    private final Set<Integer> running = new TreeSet<>();
    private final Set<Integer> ready = new HashSet<>();
    private final Succession succession = new Succession(
            new Succession.Versions() {
                @Override
                public void start(int version) {
                    assertThat(running.add(version))
                            .as("start of version " + version)
                            .isTrue();
                }

                @Override
                public boolean ready(int version) {
                    return ready.contains(version);
                }

                @Override
                public void end(int version) {
                    assertThat(running.remove(version))
                            .as("end of version " + version)
                            .isTrue();
                }
            },
            STAY);

    @Test
    void theLiveVersionAnswersFromTheStartReadyOrNot() {
        succession.begin(versions(3, null));

        assertThat(running).containsExactly(3);
        assertThat(succession.answering()).isEqualTo(3);
    }

    @Test
    void whatIsBuiltRunsBesideTheLiveVersionAndDoesNotAnswer() {
        succession.begin(versions(1, null));
        succession.obey(versions(1, 2));
        ready.add(2);
        succession.look(0);

        assertThat(running).containsExactly(1, 2);
        assertThat(succession.answering()).isEqualTo(1);
    }

    @Test
    void theNextVersionAnswersAsSoonAsItIsReadyHere() {
        succession.begin(versions(1, 2));
        succession.obey(versions(2, null));
        succession.look(0);
        assertThat(succession.answering()).isEqualTo(1);

        ready.add(2);
        succession.look(1);

        assertThat(succession.answering()).isEqualTo(2);
    }

    @Test
    void theOneBeforeStaysForAWhile() {
        succession.begin(versions(1, 2));
        ready.add(2);
        succession.obey(versions(2, null));
        succession.look(0);
        succession.look(STAY - 1);
        assertThat(running).containsExactly(1, 2);

        succession.look(STAY);

        assertThat(running).containsExactly(2);
    }

    @Test
    void theOneThatAnswersStaysUntilTheLiveOneIsReady() {
        succession.begin(versions(1, 2));
        succession.obey(versions(2, null));
        succession.look(0);
        succession.look(2 * STAY);
        assertThat(running).containsExactly(1, 2);

        ready.add(2);
        succession.look(3 * STAY);
        assertThat(running).containsExactly(1, 2);
        succession.look(4 * STAY);

        assertThat(running).containsExactly(2);
    }

    @Test
    void whatIsAbandonedEnds() {
        succession.begin(versions(1, 2));
        succession.obey(versions(1, null));
        succession.look(0);
        succession.look(STAY);

        assertThat(running).containsExactly(1);
        assertThat(succession.answering()).isEqualTo(1);
    }

    @Test
    void anInstanceThatMissedAVersionTakesTheLatest() {
        succession.begin(versions(1, 2));
        succession.obey(versions(3, 4));
        ready.add(3);
        succession.look(0);
        succession.look(STAY);

        assertThat(running).containsExactly(3, 4);
        assertThat(succession.answering()).isEqualTo(3);
    }

    private static ViewVersions versions(int live, Integer building) {
        return new ViewVersions(live, building == null ? live : building, building, null, Instant.EPOCH, "ada");
    }
}
