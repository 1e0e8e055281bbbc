package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private final Population population = new Population(200, 2_000, 10_000);

    @Test
    void theBigOrganizationHasATenthOfThePaymentsAndHalfOfTheUsers() {
        assertThat(IntStream.range(0, 10_000).filter(i -> population.organizationOfPayment(i) == 0))
                .hasSize(1_000);
        assertThat(IntStream.range(0, 2_000).filter(i -> population.organizationOfUser(i) == 0))
                .hasSize(1_000);
    }

    @Test
    void everyOrganizationHasUsersAndPayments() {
        assertThat(IntStream.range(0, 10_000)
                        .map(population::organizationOfPayment)
                        .distinct())
                .hasSize(200);
        assertThat(IntStream.range(0, 2_000).map(population::organizationOfUser).distinct())
                .hasSize(200);
    }

    @Test
    void paymentsAreOfUsersOfTheirOrganization() {
        for (int payment = 0; payment < 10_000; payment++) {
            int user = population.userOfPayment(payment);

            assertThat(user).isBetween(0, 1_999);
            assertThat(population.organizationOfUser(user)).isEqualTo(population.organizationOfPayment(payment));
        }
    }

    @Test
    void idsTellTheirNumbers() {
        assertThat(Population.number(Population.payment(123))).isEqualTo(123);
    }

    @Test
    void anOptionWithABadValueIsNamed() {
        assertThatThrownBy(() -> new Population(200, 399, 10_000))
                .hasMessage("--users is 399; it must be 400 to 100000000");
        assertThatThrownBy(() -> new Population(1, 399, 10_000))
                .hasMessage("--organizations is 1; it must be 2 to 10000");
    }
}
