package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.PaymentFigures;
import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.schemas.serde.StateSerde;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written with every change stays small, however many users and payments there are. */
class FigureSizeTest {

    private static final int MANY = 100_000;

    @Test
    void aDayOnWhichUsersWereCreatedInEveryQuarterOfAnHourHasAboutAThousandBytes() {
        var counts = new UserCounts(MANY / 96L, MANY / 100L, MANY / 200L, MANY / 300L);
        var day = new UserFigures(new UserCounts(0L, 0L, 0L, 0L), new ArrayList<>());
        for (int quarter = 0; quarter < Quarters.PER_DAY; quarter++) {
            UserCounting.add(day.getSum(), counts);
            UserCounting.add(day.getQuarters(), quarter, counts);
        }

        assertThat(new StateSerde<>(UserFigures.class, List.of()).serializer().serialize("", day))
                .hasSizeBetween(800, 1_100);
    }

    @Test
    void paymentsInThreeCurrenciesAndAllStatusesHaveAboutOneHundredAndFiftyBytes() {
        var figures = new PaymentFigures(new ArrayList<>(), null, null);
        for (int i = 0; i < MANY; i++) {
            var status = PaymentStatus.values()[1 + i % 8];
            var currency = List.of("EUR", "JPY", "USD").get(i % 3);
            PaymentCounting.add(figures.getCurrencies(), new PaymentShare(currency, status, 12_345, 12_345, 100, 1));
        }

        assertThat(new StateSerde<>(PaymentFigures.class, List.of())
                        .serializer()
                        .serialize("", figures))
                .hasSizeBetween(100, 220);
    }
}
