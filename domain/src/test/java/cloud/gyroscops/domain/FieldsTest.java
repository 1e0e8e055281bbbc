package cloud.gyroscops.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the deciders' own tests do not show: several checks together, missing values, long ones in messages. */
final class FieldsTest {

    private final Fields fields = new Fields();

    @Test
    void fields_that_pass_are_not_refused() {
        fields.text("name", " Acme ", 1, 100);

        assertThat(fields.refused()).isFalse();
        assertThat(fields.problem()).isNull();
    }

    @Test
    void the_first_problem_is_kept() {
        fields.amount("amount", 0);
        fields.id("userId", "u 1");

        assertThat(fields.problem().getField()).isEqualTo("amount");
        assertThat(fields.refusal()).isEqualTo(new Decision.Refused<>(fields.problem()));
    }

    @Test
    void missing_text_is_empty() {
        var text = fields.text("description", null, 0, 500);

        assertThat(text).isEmpty();
        assertThat(fields.refused()).isFalse();
    }

    @Test
    void a_missing_id_is_refused() {
        fields.id("organizationId", null);

        assertThat(fields.problem().getMessage()).startsWith("organizationId null is no id");
    }

    @Test
    void a_missing_currency_is_refused() {
        fields.currency("currency", null);

        assertThat(fields.problem().getMessage()).startsWith("currency null is no ISO 4217 currency code");
    }

    @Test
    void a_condition_that_does_not_hold_is_told_as_a_demand() {
        fields.check("processor", false, "must be STRIPE or NONE");

        assertThat(fields.problem())
                .isEqualTo(new Refusal(RefusalReason.INVALID_FIELD, "processor must be STRIPE or NONE", "processor"));
    }

    @Test
    void long_values_are_cut_in_messages() {
        fields.id("userId", "x".repeat(1000));

        assertThat(fields.problem().getMessage()).hasSizeLessThan(200).contains("\"" + "x".repeat(60) + "…\"");
    }

    @Test
    void values_that_are_not_long_are_whole_in_messages() {
        assertThat(Fields.quote("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
    }

    @Test
    void of_several_wrong_entries_the_first_by_key_is_told() {
        fields.metadata("metadata", Map.of("c", "\u0000", "a", "\u0000", "b", "\u0000"));

        assertThat(fields.problem().getField()).isEqualTo("metadata.a");
    }

    @Test
    void a_surrogate_pair_is_not_cut_in_two() {
        assertThat(Fields.quote("x".repeat(59) + "\ud83d\ude00!")).isEqualTo("\"" + "x".repeat(59) + "…\"");
    }
}
