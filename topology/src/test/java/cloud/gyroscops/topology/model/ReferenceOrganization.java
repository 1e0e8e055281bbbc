package cloud.gyroscops.topology.model;

import static cloud.gyroscops.topology.model.Outcome.accepted;
import static cloud.gyroscops.topology.model.Outcome.refused;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

final class ReferenceOrganization implements ReferenceAggregate {

    private OrganizationStatus status = OrganizationStatus.NONE;
    private String name = "";
    private String suspendedBecause;

    @Override
    public Outcome handle(SpecificRecord payload, Origin origin, Instant time) {
        boolean exists = status != OrganizationStatus.NONE;
        if (payload instanceof CreateOrganization create) {
            return exists
                    ? refused(RefusalReason.ALREADY_EXISTS)
                    : create(create.getName().strip());
        }
        if (!exists) {
            return refused(RefusalReason.NOT_FOUND);
        }
        if (payload instanceof RenameOrganization rename) {
            return rename(rename.getName().strip());
        }
        if (payload instanceof SuspendOrganization suspend) {
            return suspend(suspend.getReason().strip());
        }
        if (status == OrganizationStatus.ACTIVE) {
            return refused(RefusalReason.INVALID_STATE);
        }
        status = OrganizationStatus.ACTIVE;
        suspendedBecause = null;
        return accepted(new OrganizationReactivated());
    }

    private Outcome create(String wanted) {
        if (wanted.isEmpty()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        status = OrganizationStatus.ACTIVE;
        name = wanted;
        return accepted(new OrganizationCreated(wanted));
    }

    private Outcome rename(String wanted) {
        if (wanted.isEmpty()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (wanted.equals(name)) {
            return refused(RefusalReason.NOTHING_TO_CHANGE);
        }
        name = wanted;
        return accepted(new OrganizationRenamed(wanted));
    }

    private Outcome suspend(String reason) {
        if (reason.isEmpty()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (status == OrganizationStatus.SUSPENDED) {
            return refused(RefusalReason.INVALID_STATE);
        }
        status = OrganizationStatus.SUSPENDED;
        suspendedBecause = reason;
        return accepted(new OrganizationSuspended(reason));
    }

    @Override
    public SpecificRecord state() {
        return new OrganizationState(status, name, suspendedBecause);
    }
}
