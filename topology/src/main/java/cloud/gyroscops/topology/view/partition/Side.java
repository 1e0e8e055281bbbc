package cloud.gyroscops.topology.view.partition;

/** The parts of the views; partition n of one need not be where partition n of another is. */
public enum Side {
    /** Partitioned by aggregate id: views, histories, and partial sums over everything. */
    BY_ID,
    /** Partitioned by organization: lists and figures of organizations. */
    BY_ORGANIZATION,
    /** Partitioned by command id: results. */
    RESULTS;

    /** How many there are. */
    public static final int COUNT = values().length;
}
