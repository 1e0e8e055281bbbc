package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.view.partition.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingsTest {

    private static final Place ONE = new Place(Side.BY_ID, 1);
    private static final Place OTHER = new Place(Side.BY_ID, 2);

    private final Standings standings = new Standings();

    @Test
    void whatALookDidNotFindOutStaysAsItWasKnown() {
        look(Map.of(ONE, standing(1), OTHER, standing(1)));

        look(Map.of(ONE, standing(2)));

        assertThat(standings.of(ONE)).contains(standing(2));
        assertThat(standings.of(OTHER)).contains(standing(1));
    }

    @Test
    void whatIsNotToBeHadHereAnyMoreIsForgotten() {
        look(Map.of(ONE, standing(1), OTHER, standing(1)));

        standings.begin();
        standings.keep(List.of(ONE), Map.of(ONE, standing(2)));

        assertThat(standings.of(OTHER)).isEmpty();
    }

    @Test
    void whatIsForgottenDuringALookIsNotKnownAfterIt() {
        look(Map.of(ONE, standing(1)));

        standings.begin();
        standings.forget(ONE);
        standings.keep(List.of(ONE), Map.of(ONE, standing(2)));

        assertThat(standings.of(ONE)).isEmpty();
    }

    private void look(Map<Place, Standing> found) {
        standings.begin();
        standings.keep(List.of(ONE, OTHER), found);
    }

    private static Standing standing(long time) {
        return new Standing(0, 0, time, Optional.empty());
    }
}
