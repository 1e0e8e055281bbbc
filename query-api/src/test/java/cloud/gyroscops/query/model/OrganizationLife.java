package cloud.gyroscops.query.model;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An organization as its events tell it. */
final class OrganizationLife extends Life {

    String name;
    private String suspendedBecause;

    OrganizationLife(String id) {
        super(Aggregate.ORGANIZATIONS, id);
    }

    @Override
    void happened(EventMessage event) {
        if (event.payload() instanceof OrganizationCreated created) {
            name = created.getName();
        } else if (event.payload() instanceof OrganizationRenamed renamed) {
            name = renamed.getName();
        } else if (event.payload() instanceof OrganizationSuspended suspended) {
            suspendedBecause = suspended.getReason();
        } else if (event.payload() instanceof OrganizationReactivated) {
            suspendedBecause = null;
        } else {
            throw new IllegalArgumentException("the model knows no " + event.payload());
        }
    }

    ObjectNode details() {
        var json = Reply.object();
        json.put("id", id).put("name", name).put("status", suspendedBecause == null ? "ACTIVE" : "SUSPENDED");
        put(json, "suspendedBecause", suspendedBecause);
        writeProgress(json);
        return json;
    }
}
