package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.topology.view.partition.Side;

/** Where figures are kept, and of what. */
enum Kept {
    /** Of everything: of each partition by id its part, to be added up. */
    OVER_EVERYTHING(Side.BY_ID, "all-"),
    /** Of each organization, in its partition. */
    BY_ORGANIZATION(Side.BY_ORGANIZATION, "");

    private final Side side;
    private final String prefix;

    Kept(Side side, String prefix) {
        this.side = side;
        this.prefix = prefix;
    }

    Side side() {
        return side;
    }

    String users() {
        return prefix + "users-figures";
    }

    /** By the day and the quarter of an hour. */
    String payments() {
        return prefix + "payments-figures";
    }

    /** All together. */
    String paymentTotals() {
        return prefix + "payments-totals";
    }

    String scope(ViewChange change) {
        return this == OVER_EVERYTHING ? Keys.EVERYTHING : change.getOrganizationId();
    }
}
