package cloud.gyroscops.standalone.check;

/** Something that is held against every event, in the order of each partition. */
interface EventInvariant {

    void check(Step step);

    /** The partition is read to its end. */
    default void end(Stream stream) {}
}
