package cloud.gyroscops.standalone;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For all tests of this module: what is awaited comes within a moment, but on a machine that does much else it may take
 * longer, which is no error. Where the time is what a test is about, it says so itself.
 */
public final class PatientAwaiting implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }
}
