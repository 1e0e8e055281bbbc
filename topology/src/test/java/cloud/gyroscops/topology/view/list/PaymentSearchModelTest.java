package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.index.Hits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random payments in two partitions, and random queries: both together answer as a plain list of all payments does. */
class PaymentSearchModelTest {

    private static final List<String> ORGANIZATIONS = List.of("o-1", "o-2", "o-3", "o-4");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");
    private static final List<String> DESCRIPTIONS =
            List.of("", "Invoice 7", "Abonnement été", "invoice", "Ticket #12");
    private static final List<String> TEXTS = List.of("", "inv", "ete", "7 inv", "red", "nothing");

    @TempDir
    private Path one;

    @TempDir
    private Path other;

    private final Random random = new Random(4_711);
    private final PaymentModel model = new PaymentModel();
    private final Map<String, String> organizations = new TreeMap<>();
    private List<ListDriver> partitions;

    @BeforeEach
    void open() {
        partitions = List.of(new ListDriver(one), new ListDriver(other));
        for (int i = 0; i < 600; i++) {
            change("p-" + random.nextInt(250));
        }
    }

    @AfterEach
    void close() {
        partitions.forEach(ListDriver::close);
    }

    @Test
    void aSearchInAnOrganizationFindsWhatAPlainModelFinds() {
        for (int i = 0; i < 250; i++) {
            var query = query(paging());
            var organization = pick(ORGANIZATIONS);
            var page = Page.of(
                    partition(organization).ask(new SearchPayments(organization, query)),
                    0,
                    query.paging().limit(),
                    query.ordering());

            thenAsInModel(page, organization, query);
        }
    }

    @Test
    void aSearchOverAllOrganizationsFindsWhatAPlainModelFinds() {
        for (int i = 0; i < 250; i++) {
            var query = query(paging());

            thenAsInModel(overAll(query), "", query);
        }
    }

    @Test
    void cursorsLeadThroughAllPartitions() {
        for (var sort : PaymentSort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                var found = new ArrayList<Page.Row<PaymentView>>();
                var cursor = "";
                do {
                    var page = overAll(all(sort, descending, new Paging(1, 7, cursor)));
                    found.addAll(page.rows());
                    cursor = page.next().orElse("");
                } while (!cursor.isEmpty());

                assertThat(found).isEqualTo(model.find("", all(sort, descending, Paging.FIRST)));
            }
        }
    }

    private Page<PaymentView> overAll(PaymentQuery query) {
        var found = partitions.stream()
                .map(partition -> partition.ask(new SearchPayments("", query)))
                .toList();
        return Page.of(
                Hits.merged(found, query.ordering()),
                query.paging().skipped(),
                query.paging().limit(),
                query.ordering());
    }

    private void thenAsInModel(Page<PaymentView> page, String organization, PaymentQuery query) {
        var expected = model.find(organization, query);
        int from = Math.min(query.paging().skipped(), expected.size());
        int to = Math.min(from + query.paging().limit(), expected.size());

        assertThat(page.total()).as("%s", query).isEqualTo(expected.size());
        assertThat(page.rows()).as("%s", query).isEqualTo(expected.subList(from, to));
    }

    private ListDriver partition(String organization) {
        return partitions.get(ORGANIZATIONS.indexOf(organization) % 2);
    }

    private void change(String id) {
        boolean known = organizations.containsKey(id);
        var organization = organizations.computeIfAbsent(id, any -> pick(ORGANIZATIONS));
        var partition = partition(organization);
        partition.payment(id, organization, known ? happened() : created(organization));
        model.put(
                id, (PaymentView) partition.views().find(Aggregate.PAYMENTS, id).orElseThrow());
    }

    private PaymentCreated created(String organization) {
        return new PaymentCreated(
                organization,
                random.nextBoolean() ? "u-" + random.nextInt(5) : null,
                100L * random.nextInt(20),
                pick(CURRENCIES),
                pick(DESCRIPTIONS),
                random.nextBoolean() ? Map.of("colour", "red", "order", "7") : Map.of(),
                CaptureMethod.AUTOMATIC,
                Processor.NONE,
                ListDriver.START.plusSeconds(86_400));
    }

    private SpecificRecord happened() {
        return switch (random.nextInt(3)) {
            case 0 -> new PaymentCancelled("changed my mind");
            case 1 -> new PaymentFailed("card_declined", "", null);
            default -> new PaymentCompleted(1000L, null);
        };
    }

    private Paging paging() {
        return new Paging(1 + random.nextInt(4), 1 + random.nextInt(15), "");
    }

    private PaymentQuery query(Paging paging) {
        var amounts = Stream.of(random.nextLong(2_000), random.nextLong(2_000))
                .sorted()
                .toList();
        return new PaymentQuery(
                some(List.of(PaymentStatus.PENDING, PaymentStatus.COMPLETED, PaymentStatus.FAILED)),
                some(CURRENCIES),
                sometimes(amounts.get(0)),
                sometimes(amounts.get(1)),
                period(),
                random.nextInt(3) == 0 ? period() : Period.ANY,
                random.nextInt(4) == 0 ? "u-" + random.nextInt(5) : "",
                pick(TEXTS),
                PaymentSort.values()[random.nextInt(PaymentSort.values().length)],
                random.nextBoolean(),
                paging);
    }

    private static PaymentQuery all(PaymentSort sort, boolean descending, Paging paging) {
        return new PaymentQuery(
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Period.ANY,
                Period.ANY,
                "",
                "",
                sort,
                descending,
                paging);
    }

    private <T> List<T> some(List<T> values) {
        return random.nextBoolean()
                ? List.of()
                : values.stream().filter(each -> random.nextBoolean()).toList();
    }

    private <T> Optional<T> sometimes(T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }

    private Period period() {
        int from = random.nextInt(300);
        return new Period(
                sometimes(ListDriver.START.plusSeconds(60L * from)),
                sometimes(ListDriver.START.plusSeconds(60L * (from + 1 + random.nextInt(200)))));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
