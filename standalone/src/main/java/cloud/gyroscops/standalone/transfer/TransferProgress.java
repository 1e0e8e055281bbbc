package cloud.gyroscops.standalone.transfer;

/** Is told how far a transfer has come. */
@FunctionalInterface
public interface TransferProgress {

    /**
     * So far.
     *
     * @param done events, or places in the log where events may be
     * @param all that there are
     */
    void at(long done, long all);
}
