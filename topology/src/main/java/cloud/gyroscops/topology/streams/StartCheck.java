package cloud.gyroscops.topology.streams;

/** Looks before an application starts whether it may, and whether its local stores are still good for anything. */
@FunctionalInterface
public interface StartCheck {

    /** Every application may start, and keeps its stores. */
    StartCheck NONE = () -> true;

    /**
     * Looks.
     *
     * @return whether the local stores may be used; otherwise they are wiped, and restored from the changelogs
     * @throws IllegalStateException if the application must not start; the message says what to do
     */
    boolean localStoresAreGood();

    /**
     * From now on the local stores, if any, are copies of the changelogs as they were when it was asked.
     *
     * @throws IllegalStateException if it finds that they are others meanwhile, or else that the start was allowed too early
     */
    default void localStoresAreClean() {}
}
