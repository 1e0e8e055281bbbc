package cloud.gyroscops.standalone.views;

/** A server that answers from a version of the views that it is told. */
@FunctionalInterface
public interface Answers {

    /**
     * Gets a path.
     *
     * @throws InterruptedException if the thread is
     */
    Answer get(String path, int version) throws InterruptedException;

    /** What was answered. */
    record Answer(int status, String body) {

        boolean notNow() {
            return status == 503;
        }
    }
}
