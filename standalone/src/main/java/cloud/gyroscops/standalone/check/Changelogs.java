package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.command.AggregateModel;

/** What the changelogs of the command topology's stores are called. */
record Changelogs(String applicationId) {

    String states(Aggregate aggregate) {
        return of(AggregateModel.stateStore(aggregate));
    }

    String parked(Aggregate aggregate) {
        return of(AggregateModel.parkedStore(aggregate));
    }

    String claims() {
        return of(ClaimSubtopology.STORE);
    }

    private String of(String store) {
        return cloud.gyroscops.topology.streams.Changelogs.topic(applicationId, store);
    }
}
