package cloud.gyroscops.topology.rebuild;

/** Is told how far a rebuild has come. */
@FunctionalInterface
public interface RebuildProgress {

    /**
     * So far.
     *
     * @param step what is being done
     * @param done of all
     * @param all there is to do in this step; 0: not known
     */
    void at(String step, long done, long all);
}
