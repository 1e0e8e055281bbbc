package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;

/** What the changelogs of the command topology's stores are called. */
record Changelogs(String applicationId) {

    String states(Aggregate aggregate) {
        return of(aggregate.plural() + "-state");
    }

    String parked(Aggregate aggregate) {
        return of(aggregate.plural() + "-parked");
    }

    String claims() {
        return of("claims");
    }

    private String of(String store) {
        return applicationId + "-" + store + "-changelog";
    }
}
