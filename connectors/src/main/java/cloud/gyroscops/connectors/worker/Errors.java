package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorError;

/** Failures as they are recorded. */
final class Errors {

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LONGEST_CODE = 100;

    private Errors() {}

    static MirrorError of(TargetException failure) {
        var status = failure.status();
        return new MirrorError(
                cut(failure.code(), LONGEST_CODE),
                cut(String.valueOf(failure.getMessage()), LONGEST_MESSAGE),
                status.isPresent() ? status.getAsInt() : null);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + '…';
    }
}
