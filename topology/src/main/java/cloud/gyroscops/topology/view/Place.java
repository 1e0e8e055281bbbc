package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;

/** One partition of one side of the views. */
public record Place(Side side, int partition) {}
