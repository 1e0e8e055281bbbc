package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentCreationTest {

    private final DeciderSpecification<PaymentState> nothing = PaymentExamples.nothing();

    @Test
    void a_new_payment_is_pending_and_nothing_is_received() {
        nothing.when(new CreatePayment(
                        "o-1",
                        "u-1",
                        1000L,
                        "EUR",
                        "a book",
                        Map.of("order", "7"),
                        CaptureMethod.MANUAL,
                        Processor.STRIPE))
                .then(new PaymentCreated(
                        "o-1",
                        "u-1",
                        1000L,
                        "EUR",
                        "a book",
                        Map.of("order", "7"),
                        CaptureMethod.MANUAL,
                        Processor.STRIPE,
                        PaymentExamples.EXPIRY))
                .thenState(state -> assertThat(state)
                        .isEqualTo(new PaymentState(
                                PaymentStatus.PENDING,
                                "o-1",
                                "u-1",
                                1000L,
                                "EUR",
                                "a book",
                                Map.of("order", "7"),
                                CaptureMethod.MANUAL,
                                Processor.STRIPE,
                                PaymentExamples.EXPIRY,
                                null,
                                null,
                                0L,
                                List.of(),
                                null,
                                List.of())));
    }

    @Test
    void it_expires_one_day_after_its_creation() {
        nothing.at(Instant.parse("2026-03-01T08:00:00Z"))
                .when(of(1000, "EUR"))
                .thenState(state -> assertThat(state.getExpiresAt()).isEqualTo("2026-03-02T08:00:00Z"));
    }

    @Test
    void the_time_to_live_is_configurable() {
        DeciderSpecification.of(new PaymentDecider(Duration.ofMinutes(5)), "p-1")
                .when(of(1000, "EUR"))
                .thenState(state -> assertThat(state.getExpiresAt()).isEqualTo(NOON.plusSeconds(300)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_time_to_live_that_is_none_is_a_wrong_setting(long seconds) {
        var none = Duration.ofSeconds(seconds);

        assertThatThrownBy(() -> new PaymentDecider(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time to live is " + none);
    }

    @Test
    void a_payment_is_created_once() {
        PaymentExamples.payment("EXPIRED")
                .when(of(1000, "EUR"))
                .thenRefused(RefusalReason.ALREADY_EXISTS)
                .saying("payment p-1 exists already");
    }

    @Test
    void a_payment_needs_no_user() {
        nothing.when(new CreatePayment("o-1", null, 1L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE))
                .thenState(state -> assertThat(state.getUserId()).isNull());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE})
    void an_amount_is_more_than_nothing(long amount) {
        nothing.when(of(amount, "EUR"))
                .thenState(state -> assertThat(state.getAmount()).isEqualTo(amount));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void an_amount_of_nothing_or_less_is_refused(long amount) {
        nothing.when(of(amount, "EUR"))
                .thenRefused(RefusalReason.INVALID_FIELD, "amount")
                .saying("amount is " + amount);
    }

    @ParameterizedTest
    @CsvSource({"EUR,EUR", "usd,USD", "' jpy ',JPY", "KWD,KWD", "MGA,MGA"})
    void a_currency_is_an_iso_4217_code(String given, String kept) {
        nothing.when(of(1, given))
                .thenState(state -> assertThat(state.getCurrency()).isEqualTo(kept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "XAU", "xag", "XDR", "XTS"})
    void a_currency_without_minor_units_is_refused(String currency) {
        nothing.when(of(1, currency))
                .thenRefused(RefusalReason.INVALID_FIELD, "currency")
                .saying("no minor unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", "EURO", "ABC", "€", "978"})
    void a_currency_that_is_none_is_refused(String currency) {
        nothing.when(of(1, currency))
                .thenRefused(RefusalReason.INVALID_FIELD, "currency")
                .saying("\"" + currency + "\" is no ISO 4217 currency code");
    }

    @Test
    void a_description_is_trimmed_and_may_have_lines() {
        nothing.when(described(" two books\n\tand a pen "))
                .thenState(state -> assertThat(state.getDescription()).isEqualTo("two books\n\tand a pen"));
    }

    @Test
    void a_description_may_have_500_characters() {
        nothing.when(described("x".repeat(500)))
                .thenState(state -> assertThat(state.getDescription()).hasSize(500));
    }

    @Test
    void a_description_with_501_characters_is_refused() {
        nothing.when(described("x".repeat(501))).thenRefused(RefusalReason.INVALID_FIELD, "description");
    }

    @Test
    void a_description_with_control_characters_is_refused() {
        nothing.when(described("bell\u0007"))
                .thenRefused(RefusalReason.INVALID_FIELD, "description")
                .saying("control characters");
    }

    @Test
    void metadata_is_trimmed() {
        nothing.when(noted(Map.of(" order ", " 7 ", "empty", "")))
                .thenState(state -> assertThat(state.getMetadata()).isEqualTo(Map.of("order", "7", "empty", "")));
    }

    @Test
    void metadata_has_at_most_50_entries_of_40_and_500_characters() {
        nothing.when(noted(entries(50)))
                .thenState(state -> assertThat(state.getMetadata()).isEqualTo(entries(50)));
    }

    @ParameterizedTest
    @MethodSource("wrongMetadata")
    void metadata_beyond_its_bounds_is_refused(Map<String, String> metadata, String field, String message) {
        nothing.when(noted(metadata))
                .thenRefused(RefusalReason.INVALID_FIELD, field)
                .saying(message);
    }

    private static Object[][] wrongMetadata() {
        return new Object[][] {
            {entries(51), "metadata", "51 entries"},
            {Map.of("", "7"), "metadata", "0 characters; 1 to 40"},
            {Map.of("k".repeat(41), "7"), "metadata", "41 characters; 1 to 40"},
            {Map.of("order", "x".repeat(501)), "metadata.order", "501 characters; 0 to 500"},
            {Map.of("order", "\u0000"), "metadata.order", "control characters"},
            {Map.of("order", "7", " order", "8"), "metadata", "\"order\" twice"}
        };
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(entry -> "k".repeat(38) + (10 + entry), entry -> "v".repeat(500)));
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,STRIPE,captureMethod,must be AUTOMATIC or MANUAL",
        "MANUAL,UNKNOWN,processor,must be STRIPE or NONE"
    })
    void what_this_version_does_not_know_is_refused(
            CaptureMethod captureMethod, Processor processor, String field, String message) {
        nothing.when(new CreatePayment("o-1", null, 1L, "EUR", "", Map.of(), captureMethod, processor))
                .thenRefused(RefusalReason.INVALID_FIELD, field)
                .saying(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void ids_have_1_to_128_characters(int length) {
        nothing.when(of("a".repeat(length), ":".repeat(length))).thenState(state -> {
            assertThat(state.getOrganizationId()).hasSize(length);
            assertThat(state.getUserId()).hasSize(length);
        });
    }

    @ParameterizedTest
    @MethodSource("noIds")
    void an_organization_id_that_is_no_id_is_refused(String id) {
        nothing.when(of(id, "u-1")).thenRefused(RefusalReason.INVALID_FIELD, "organizationId");
    }

    @ParameterizedTest
    @MethodSource("noIds")
    void a_user_id_that_is_no_id_is_refused(String id) {
        nothing.when(of("o-1", id)).thenRefused(RefusalReason.INVALID_FIELD, "userId");
    }

    private static List<String> noIds() {
        return List.of("", " ", " o-1", "o@1", "o/1", "é", "a".repeat(129));
    }

    @Test
    void a_missing_organization_is_refused() {
        nothing.referring(new References(Found.MISSING, Found.PRESENT))
                .when(of(1, "EUR"))
                .thenRefused(RefusalReason.ORGANIZATION_NOT_FOUND, "organizationId")
                .saying("there is no organization o-1");
    }

    @Test
    void a_suspended_organization_takes_no_new_payments() {
        nothing.referring(new References(Found.SUSPENDED, Found.PRESENT))
                .when(of(1, "EUR"))
                .thenRefused(RefusalReason.ORGANIZATION_SUSPENDED, "organizationId")
                .saying("takes no new payments");
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING,USER_NOT_FOUND,there is no user u-1",
        "DELETED,USER_DELETED,user u-1 was deleted",
        "ELSEWHERE,USER_OF_OTHER_ORGANIZATION,user u-1 does not belong to organization o-1"
    })
    void a_user_who_cannot_pay_here_is_refused(Found user, RefusalReason reason, String message) {
        nothing.referring(new References(Found.PRESENT, user))
                .when(of(1, "EUR"))
                .thenRefused(reason, "userId")
                .saying(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = Found.class,
            names = {"PRESENT", "NOT_ASKED"})
    void references_that_are_there_or_were_not_looked_for_are_no_obstacle(Found found) {
        nothing.referring(new References(found, found))
                .when(of(1, "EUR"))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.PENDING));
    }

    private static CreatePayment of(long amount, String currency) {
        return new CreatePayment("o-1", "u-1", amount, currency, "", Map.of(), CaptureMethod.MANUAL, Processor.STRIPE);
    }

    private static CreatePayment of(String organizationId, String userId) {
        return new CreatePayment(
                organizationId, userId, 1L, "EUR", "", Map.of(), CaptureMethod.MANUAL, Processor.STRIPE);
    }

    private static CreatePayment described(String description) {
        return new CreatePayment(
                "o-1", "u-1", 1L, "EUR", description, Map.of(), CaptureMethod.MANUAL, Processor.STRIPE);
    }

    private static CreatePayment noted(Map<String, String> metadata) {
        return new CreatePayment("o-1", "u-1", 1L, "EUR", "", metadata, CaptureMethod.MANUAL, Processor.STRIPE);
    }
}
