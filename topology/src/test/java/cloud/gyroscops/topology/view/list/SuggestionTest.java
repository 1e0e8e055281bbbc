package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.ViewChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {

    @TempDir
    private Path directory;

    private ListDriver driver;
    private int created;

    @BeforeEach
    void open() {
        driver = new ListDriver(directory);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s",
                "subscr",
                "Subscription",
                "SUBSCRIPTION pré",
                "subscription premium",
                "premium subscr",
                // One letter wrong, missing, too many, or swapped; then the same in what is only begun.
                "subscripteon",
                "subscripton",
                "subscriptiion",
                "subscirption",
                "subscirp",
                "prenium",
                "prmeium",
                // Two mistakes in a long word.
                "subscirpton",
                "subscrption premuim"
            })
    void aDescriptionIsSuggestedAsItIsTypedAlsoWithMistakes(String typed) {
        describe("o-1", "Subscription Prémium");

        assertThat(texts("o-1", typed)).containsExactly("Subscription Prémium");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?!", "ubs", "sub prem x", "pex", "prmeuim", "sbscrptn", "subsc premium"})
    void whatIsTooFarOffIsNotSuggested(String typed) {
        describe("o-1", "Subscription Prémium");

        assertThat(texts("o-1", typed)).isEmpty();
    }

    @Test
    void theBestFitComesFirst() {
        describe("o-1", "Involve 7");
        describe("o-1", "Invoices");
        describe("o-1", "Invoice");

        var suggestions = driver.ask(new SuggestDescriptions("o-1", "invoice", 10));

        assertThat(suggestions).extracting(Suggestion::text).containsExactly("Invoice", "Invoices");
        assertThat(suggestions.get(0).score()).isEqualTo(1);
        assertThat(suggestions.get(1).score()).isLessThan(1);
    }

    @Test
    void aTextIsSuggestedOnceHoweverManyPaymentsHaveIt() {
        describe("o-1", "Invoice");
        describe("o-1", "Invoice");
        describe("o-2", "Invoice");

        assertThat(texts("o-1", "inv")).containsExactly("Invoice");
        assertThat(texts("", "inv")).containsExactly("Invoice");
    }

    @Test
    void textsOfAllOrganizationsAreFoundBehindThoseThatManyHave() {
        for (int i = 0; i < 30; i++) {
            describe("o-" + i, "Invoice");
        }
        describe("o-1", "Invoice 2");

        assertThat(driver.ask(new SuggestDescriptions("", "inv", 2)))
                .extracting(Suggestion::text)
                .containsExactly("Invoice", "Invoice 2");
    }

    @Test
    void anotherOrganizationsDescriptionsAreNotSuggested() {
        describe("o-2", "Invoice");

        assertThat(texts("o-1", "inv")).isEmpty();
    }

    @Test
    void whatHappensToAPaymentLaterDoesNotCountItsDescriptionAgain() {
        describe("o-1", "Invoice");
        driver.payment("p-1", "o-1", new PaymentFailed("card_declined", "", null));

        assertThat(driver.count("o-1/Invoice")).isEqualTo(1);
    }

    @Test
    void aTextIsSuggestedAsLongAsAPaymentHasIt() {
        var updates = driver.open(new Descriptions(Map.of()));
        updates.apply(change(null, "Invoice"));
        updates.apply(change(null, "Invoice"));

        updates.apply(change("Invoice", "Receipt"));
        assertThat(texts("o-1", "inv")).containsExactly("Invoice");

        updates.apply(change("Invoice", "Receipt"));
        assertThat(texts("o-1", "inv")).isEmpty();
        assertThat(driver.count("o-1/Invoice")).isZero();
        assertThat(texts("o-1", "rec")).containsExactly("Receipt");
    }

    private static ViewChange change(String before, String after) {
        return new ViewChange(
                AggregateType.PAYMENT, "p-1", 1L, "o-1", before == null ? null : described(before), described(after));
    }

    private static PaymentView described(String description) {
        var state = new PaymentState();
        state.setDescription(description);
        return new PaymentView(null, state, null, null, null);
    }

    @Test
    void atMostAsManyAreSuggestedAsAreWanted() {
        for (int i = 10; i < 40; i++) {
            describe("o-1", "Invoice " + i);
        }

        assertThat(driver.ask(new SuggestDescriptions("o-1", "inv", 10)))
                .extracting(Suggestion::text)
                .containsExactly(
                        "Invoice 10",
                        "Invoice 11",
                        "Invoice 12",
                        "Invoice 13",
                        "Invoice 14",
                        "Invoice 15",
                        "Invoice 16",
                        "Invoice 17",
                        "Invoice 18",
                        "Invoice 19");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestDescriptions("o-1", "inv", 0))
                .withMessageContaining("limit is 0");
    }

    @Test
    void severalListsBecomeOne() {
        var one = List.of(new Suggestion("Invoice", 1), new Suggestion("Invoice 2", 0.75));
        var other = List.of(new Suggestion("Invoice", 1), new Suggestion("Invoices", 0.75));

        assertThat(Suggestion.best(List.of(one, other), 2))
                .containsExactly(new Suggestion("Invoice", 1), new Suggestion("Invoice 2", 0.75));
    }

    private List<String> texts(String organizationId, String typed) {
        return driver.ask(new SuggestDescriptions(organizationId, typed, 10)).stream()
                .map(Suggestion::text)
                .toList();
    }

    private void describe(String organizationId, String description) {
        driver.payment(
                "p-" + ++created,
                organizationId,
                new PaymentCreated(
                        organizationId,
                        null,
                        1000L,
                        "EUR",
                        description,
                        Map.of(),
                        CaptureMethod.AUTOMATIC,
                        Processor.NONE,
                        ListDriver.START.plusSeconds(86_400)));
    }
}
