package cloud.gyroscops.topology.view.history;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** What there is to say of an aggregate at a version or a moment of its past. */
public sealed interface Past {

    /**
     * As it was.
     *
     * @param view an {@code OrganizationView}, {@code UserView} or {@code PaymentView}, as it was shown then
     */
    record AsItWas(SpecificRecord view) implements Past {}

    /** There never was such an aggregate. */
    record Unknown() implements Past {}

    /**
     * It did not exist yet.
     *
     * @param version its first one that is known
     * @param since when that was
     */
    record NotYetThere(long version, Instant since) implements Past {}

    /**
     * It has not come to that version yet.
     *
     * @param version its latest one
     */
    record StillToCome(long version) implements Past {}

    /**
     * Nothing is known of it any more.
     *
     * @param since when it was erased
     */
    record Erased(Instant since) implements Past {}
}
