package cloud.gyroscops.domain.organization;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.domain.DeciderSpecification;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrganizationDeciderTest {

    private final DeciderSpecification<OrganizationState> nothing =
            DeciderSpecification.of(new OrganizationDecider(), "o-1");
    private final DeciderSpecification<OrganizationState> acme = nothing.given(new OrganizationCreated("Acme"));
    private final DeciderSpecification<OrganizationState> suspended = acme.given(new OrganizationSuspended("unpaid"));

    @Test
    void a_new_organization_is_active() {
        nothing.when(new CreateOrganization("Acme"))
                .then(new OrganizationCreated("Acme"))
                .thenState(state ->
                        assertThat(state).isEqualTo(new OrganizationState(OrganizationStatus.ACTIVE, "Acme", null)));
    }

    @Test
    void the_name_is_trimmed() {
        nothing.when(new CreateOrganization(" \u2003Acme & Sons \n")).then(new OrganizationCreated("Acme & Sons"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void a_name_has_1_to_100_characters(int length) {
        nothing.when(new CreateOrganization("x".repeat(length))).then(new OrganizationCreated("x".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void a_name_of_another_length_is_refused(int length) {
        nothing.when(new CreateOrganization("x".repeat(length)))
                .thenRefused(RefusalReason.INVALID_FIELD, "name")
                .saying("name has " + length + " characters; 1 to 100 are allowed");
    }

    @Test
    void a_name_of_white_space_is_refused() {
        nothing.when(new CreateOrganization("   ")).thenRefused(RefusalReason.INVALID_FIELD, "name");
    }

    @Test
    void a_name_with_control_characters_is_refused() {
        nothing.when(new CreateOrganization("Ac\u0000me"))
                .thenRefused(RefusalReason.INVALID_FIELD, "name")
                .saying("control characters");
    }

    @Test
    void an_organization_is_created_once() {
        acme.when(new CreateOrganization("Apex"))
                .thenRefused(RefusalReason.ALREADY_EXISTS)
                .saying("organization o-1 exists already, as \"Acme\"");
    }

    @Test
    void a_suspended_organization_is_not_created_again() {
        suspended.when(new CreateOrganization("Acme")).thenRefused(RefusalReason.ALREADY_EXISTS);
    }

    @ParameterizedTest
    @MethodSource("commandsForAnExistingOne")
    void an_organization_that_was_never_created_is_not_found(SpecificRecord command) {
        nothing.when(command).thenRefused(RefusalReason.NOT_FOUND).saying("there is no organization o-1");
    }

    private static SpecificRecord[] commandsForAnExistingOne() {
        return new SpecificRecord[] {
            new RenameOrganization("Apex"), new SuspendOrganization("unpaid"), new ReactivateOrganization()
        };
    }

    @Test
    void an_organization_is_renamed() {
        acme.when(new RenameOrganization(" Apex "))
                .then(new OrganizationRenamed("Apex"))
                .thenState(state -> assertThat(state.getName()).isEqualTo("Apex"));
    }

    @Test
    void another_case_is_another_name() {
        acme.when(new RenameOrganization("ACME")).then(new OrganizationRenamed("ACME"));
    }

    @Test
    void the_present_name_changes_nothing() {
        acme.when(new RenameOrganization(" Acme ")).thenRefused(RefusalReason.NOTHING_TO_CHANGE, "name");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void a_new_name_of_another_length_is_refused(int length) {
        acme.when(new RenameOrganization("x".repeat(length))).thenRefused(RefusalReason.INVALID_FIELD, "name");
    }

    @Test
    void a_suspended_organization_is_renamed_and_stays_suspended() {
        suspended
                .when(new RenameOrganization("Apex"))
                .then(new OrganizationRenamed("Apex"))
                .thenState(state -> assertThat(state)
                        .isEqualTo(new OrganizationState(OrganizationStatus.SUSPENDED, "Apex", "unpaid")));
    }

    @Test
    void an_active_organization_is_suspended_for_a_reason() {
        acme.when(new SuspendOrganization(" unpaid "))
                .then(new OrganizationSuspended("unpaid"))
                .thenState(state -> assertThat(state)
                        .isEqualTo(new OrganizationState(OrganizationStatus.SUSPENDED, "Acme", "unpaid")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void a_reason_has_1_to_500_characters(int length) {
        acme.when(new SuspendOrganization("x".repeat(length))).then(new OrganizationSuspended("x".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 501})
    void a_reason_of_another_length_is_refused(int length) {
        acme.when(new SuspendOrganization("x".repeat(length))).thenRefused(RefusalReason.INVALID_FIELD, "reason");
    }

    @Test
    void a_suspended_organization_is_not_suspended_again() {
        suspended
                .when(new SuspendOrganization("fraud"))
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("suspended already");
    }

    @Test
    void a_suspended_organization_is_reactivated_and_its_reason_forgotten() {
        suspended
                .when(new ReactivateOrganization())
                .then(new OrganizationReactivated())
                .thenState(state ->
                        assertThat(state).isEqualTo(new OrganizationState(OrganizationStatus.ACTIVE, "Acme", null)));
    }

    @Test
    void an_active_organization_is_not_reactivated() {
        acme.when(new ReactivateOrganization())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("not suspended");
    }

    @Test
    void a_reactivated_organization_is_suspended_again() {
        suspended
                .given(new OrganizationReactivated())
                .when(new SuspendOrganization("fraud"))
                .then(new OrganizationSuspended("fraud"));
    }
}
