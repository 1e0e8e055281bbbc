package cloud.gyroscops.benchmarks.read;

/**
 * What a load looks at in an answer.
 *
 * @param status of HTTP
 * @param bytes of its body
 */
record Answer(int status, int bytes) {

    boolean good() {
        return status == 200;
    }
}
