package cloud.gyroscops.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.domain.References.Found;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DeciderSpecificationTest {

    private final DeciderSpecification<OrganizationState> acme =
            DeciderSpecification.of(new OrganizationDecider(), "o-1").given(new OrganizationCreated("Acme"));

    @Test
    void the_expected_events_pass() {
        var outcome = acme.when(new RenameOrganization("Apex"));

        assertThatCode(() -> outcome.then(new OrganizationRenamed("Apex"))).doesNotThrowAnyException();
    }

    @Test
    void other_events_fail_with_the_whole_story() {
        var outcome = acme.when(new RenameOrganization("Apex"));

        assertThatThrownBy(() -> outcome.then(new OrganizationRenamed("Axe")))
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.join(
                        "\n",
                        "",
                        "  given:    OrganizationCreated{\"name\": \"Acme\"}",
                        "  when:     RenameOrganization{\"name\": \"Apex\"} for o-1 from CLIENT at 2026-01-01T12:00:00Z",
                        "  came:     OrganizationRenamed{\"name\": \"Apex\"}",
                        "  expected: OrganizationRenamed{\"name\": \"Axe\"}"));
    }

    @Test
    void a_refusal_where_events_are_expected_fails_with_its_reason_field_and_message() {
        var outcome = acme.when(new RenameOrganization("Acme"));

        assertThatThrownBy(() -> outcome.then(new OrganizationRenamed("Acme")))
                .hasMessageContaining("came:     refused: NOTHING_TO_CHANGE, field name: the name is \"Acme\" already");
    }

    @Test
    void events_where_none_are_expected_fail() {
        var outcome = acme.when(new RenameOrganization("Apex"));

        assertThatThrownBy(outcome::thenNothing).hasMessageContaining("expected: no events");
    }

    @Test
    void a_refusal_is_not_nothing() {
        var outcome = acme.when(new RenameOrganization("Acme"));

        assertThatThrownBy(outcome::thenNothing).hasMessageContaining("refused: NOTHING_TO_CHANGE");
    }

    @Test
    void another_reason_fails() {
        var outcome = acme.when(new CreateOrganization("Acme"));

        assertThatThrownBy(() -> outcome.thenRefused(RefusalReason.NOT_FOUND))
                .hasMessageContaining("came:     refused: ALREADY_EXISTS: ")
                .hasMessageContaining("expected: refused: NOT_FOUND");
    }

    @Test
    void another_field_fails() {
        var outcome = acme.when(new SuspendOrganization(""));

        assertThatThrownBy(() -> outcome.thenRefused(RefusalReason.INVALID_FIELD, "name"))
                .hasMessageContaining("expected: refused: INVALID_FIELD, field name");
    }

    @Test
    void another_message_fails() {
        var outcome = acme.when(new SuspendOrganization(""));

        assertThatThrownBy(() -> outcome.thenRefused(RefusalReason.INVALID_FIELD, "reason")
                        .saying("nonsense"))
                .hasMessageContaining("expected: a refusal that says \"nonsense\"");
    }

    @Test
    void acceptance_where_a_refusal_is_expected_fails() {
        var outcome = acme.when(new SuspendOrganization("unpaid"));

        assertThatThrownBy(() -> outcome.thenRefused(RefusalReason.INVALID_FIELD, "reason"))
                .hasMessageContaining("came:     OrganizationSuspended{\"reason\": \"unpaid\"}");
    }

    @Test
    void another_state_fails_and_is_shown() {
        var outcome = acme.when(new SuspendOrganization("unpaid"));

        assertThatThrownBy(() ->
                        outcome.thenState(state -> assertThat(state.getStatus()).isEqualTo(OrganizationStatus.ACTIVE)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("state:    {\"status\": \"SUSPENDED\"");
    }

    @Test
    void the_story_tells_time_origin_and_references() {
        var outcome = acme.at(Instant.EPOCH)
                .from(Origin.STRIPE)
                .referring(new References(Found.MISSING, Found.DELETED))
                .when(new SuspendOrganization("unpaid"));

        assertThatThrownBy(outcome::thenNothing)
                .hasMessageContaining(
                        "for o-1 from STRIPE at 1970-01-01T00:00:00Z, References[organization=MISSING, user=DELETED]");
    }

    @Test
    void what_is_given_later_is_added_and_leaves_the_shared_beginning_alone() {
        var suspended = acme.given(new OrganizationSuspended("unpaid"));

        assertThat(suspended.when(new RenameOrganization("Apex")).state().getStatus())
                .isEqualTo(OrganizationStatus.SUSPENDED);
        assertThat(acme.when(new RenameOrganization("Apex")).state().getStatus())
                .isEqualTo(OrganizationStatus.ACTIVE);
    }

    @Test
    void a_refused_command_leaves_the_given_state() {
        var outcome = acme.when(new RenameOrganization(""));

        assertThat(outcome.state()).isEqualTo(new OrganizationState(OrganizationStatus.ACTIVE, "Acme", null));
        assertThat(outcome.decision()).isInstanceOf(Decision.Refused.class);
    }
}
