package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.PartitionStores;

/** The stores of a copy, of which each is loaded on its own: a version in one need not show in the others yet. */
interface CopiedStores extends PartitionStores {

    /** Whether all of them have what came with a version that one of them has. */
    boolean hold(Token token);
}
