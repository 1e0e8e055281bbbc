package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;

/** One partition of one side of the views. */
public record Place(Side side, int partition) {

    /** By hand, as the other: every read looks a place up several times. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && partition == place.partition && side == place.side;
    }

    @Override
    public int hashCode() {
        return partition * Side.COUNT + side.ordinal();
    }
}
