package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class LivesTest {

    private static final List<ViewModel<?, ?>> MODELS = ViewModel.all(SchemaHistory.load());

    private final Population population = new Population(20, 200, 1_000);
    private final Lives lives = new Lives(population);

    @Test
    void paymentsComeToAllKindsOfEnds() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(number -> (PaymentView) view(2, lives.ofPayment(number)))
                        .map(view -> view.getState().getStatus())
                        .distinct())
                .contains(
                        PaymentStatus.COMPLETED,
                        PaymentStatus.FAILED,
                        PaymentStatus.CANCELLED,
                        PaymentStatus.REFUNDED,
                        PaymentStatus.PENDING);
    }

    @Test
    void usersAreInTheirOrganizations() {
        for (int number = 0; number < 200; number++) {
            var view = (UserView) view(1, lives.ofUser(number));

            assertThat(view.getState().getOrganizationId())
                    .isEqualTo(Population.organization(population.organizationOfUser(number)));
        }
    }

    @Test
    void versionsFollowEachOtherAndTimesDoNotGoBack() {
        var events = lives.ofPayment(20);

        assertThat(events).extracting(event -> event.header().getVersion()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(events).extracting(event -> event.header().getOccurredAt()).isSorted();
    }

    private static SpecificRecord view(int model, List<EventMessage> events) {
        return MODELS.get(model).replay(null, events);
    }
}
