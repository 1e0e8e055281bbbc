package cloud.gyroscops.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import org.junit.jupiter.api.Test;

final class CasesTest {

    @Test
    void a_payload_gets_its_own_case() {
        var cases = some().on(ReactivateOrganization.class, (greeting, reactivate) -> greeting + " reactivate")
                .complete();

        assertThat(cases.apply("please", new RenameOrganization("Apex"))).isEqualTo("please rename to Apex");
    }

    @Test
    void a_branch_without_a_case_is_told_when_the_table_is_built() {
        var table = some();

        assertThatThrownBy(table::complete)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no case for [cloud.gyroscops.contract.organization.ReactivateOrganization]");
    }

    @Test
    void a_case_that_is_no_branch_is_told_when_the_table_is_built() {
        var table = some().on(OrganizationCreated.class, (greeting, created) -> greeting);

        assertThatThrownBy(table::complete)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such branch [cloud.gyroscops.contract.organization.OrganizationCreated]");
    }

    @Test
    void two_cases_of_one_branch_are_told_at_once() {
        var table = some();

        assertThatThrownBy(() -> table.on(CreateOrganization.class, (greeting, create) -> greeting))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CreateOrganization has two cases");
    }

    @Test
    void a_payload_of_another_envelope_is_a_bug() {
        var cases = some().on(ReactivateOrganization.class, (greeting, reactivate) -> greeting)
                .complete();

        assertThatThrownBy(() -> cases.apply("please", new OrganizationCreated("Acme")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OrganizationCreated has no case here");
    }

    private static Cases.Table<String, String> some() {
        return Cases.<String, String>over(OrganizationCommand.getClassSchema())
                .on(CreateOrganization.class, (greeting, create) -> greeting + " create")
                .on(RenameOrganization.class, (greeting, rename) -> greeting + " rename to " + rename.getName())
                .on(SuspendOrganization.class, (greeting, suspend) -> greeting + " suspend");
    }
}
