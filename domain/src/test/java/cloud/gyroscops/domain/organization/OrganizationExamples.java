package cloud.gyroscops.domain.organization;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.domain.Example;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Acme, in every situation that an organization can be in, and something to ask of it for every type of command. */
public final class OrganizationExamples {

    /** How Acme began. */
    public static final OrganizationCreated CREATED = new OrganizationCreated("Acme");

    /** At least one of each type. */
    public static final List<Example> COMMANDS = List.of(
            Example.of(new CreateOrganization("Acme")),
            Example.of(new RenameOrganization("Apex")),
            Example.of(new SuspendOrganization("unpaid")),
            Example.of(new ReactivateOrganization()));

    private OrganizationExamples() {}

    /** The events that lead to each situation, by its name. */
    public static Map<String, List<SpecificRecord>> situations() {
        var situations = new LinkedHashMap<String, List<SpecificRecord>>();
        situations.put("NONE", List.of());
        situations.put("ACTIVE", List.of(CREATED));
        situations.put("SUSPENDED", List.of(CREATED, new OrganizationSuspended("unpaid")));
        return situations;
    }
}
