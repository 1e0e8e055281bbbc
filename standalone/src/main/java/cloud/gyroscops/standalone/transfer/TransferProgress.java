package cloud.gyroscops.standalone.transfer;

/** Is told how far an export has come. */
@FunctionalInterface
public interface TransferProgress {

    /**
     * So far.
     *
     * @param done places in the log, where events may be
     * @param all that there are
     */
    void at(long done, long all);
}
