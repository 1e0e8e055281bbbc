package cloud.gyroscops.standalone.check;

import cloud.gyroscops.domain.Fields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Holds every command record against its results: the ones that have none are waited for, and told in the end. */
final class Unanswered {

    /** What is larger is a dead letter, and has a result only where its head is short. */
    private static final int LARGEST = 256 << 10;

    private final Results results;
    private long expired = Long.MIN_VALUE;
    private final Map<String, AnswerSheet> sheets;
    private final Findings findings;
    /** Where those went that were in the wrong partition. */
    private final Map<Place, Place> moved = new HashMap<>();

    private final Map<Place, Records.Command> waited = new LinkedHashMap<>();

    Unanswered(Results results, Map<String, AnswerSheet> sheets, Findings findings) {
        this.results = results;
        this.sheets = sheets;
        this.findings = findings;
    }

    /** All dead letters are read; those that have this time, or an earlier one, may have been deleted. */
    void deadLettersExpired(long upTo) {
        expired = upTo;
    }

    void check(Records.Command record) {
        if (record.original() != null) {
            // Its result is that of the original.
            var original = record.original();
            var place = new Place(original.topic(), original.partition(), original.offset());
            if (sheets.get(place.topic()).count(place) == 0) {
                moved.put(place, record.place());
            }
            return;
        }
        findings.checked(Invariant.ANSWERS);
        var sheet = sheets.get(record.place().topic());
        if (sheet.count(record.place()) > 0) {
            if (record.header() != null
                    && sheet.whose(record.place())
                            != Results.whose(record.header().getCommandId())) {
                findings.violated(
                        Invariant.ANSWERS,
                        record.place(),
                        "the result of this record is that of another commandId than "
                                + record.header().getCommandId());
            }
        } else if (!(sheet.isDeadLetter(record.place()) && deadLetterSuffices(record)) && !mayBeGone(record)) {
            waited.put(record.place(), withoutPayload(record));
        }
    }

    private static Records.Command withoutPayload(Records.Command record) {
        return new Records.Command(
                record.aggregate(), record.place(), record.time(), record.bytes(), null, record.header(), null);
    }

    private static boolean deadLetterSuffices(Records.Command record) {
        return record.header() == null || record.bytes() > LARGEST;
    }

    private boolean mayBeGone(Records.Command record) {
        return record.header() == null
                ? record.time() <= expired
                : results.mayBeGone(
                        record.aggregate(),
                        record.header().getAggregateId(),
                        record.header().getCommandId(),
                        record.place(),
                        record.time());
    }

    /** One more result, from beyond the ends. */
    void answered(Records.Result record) {
        var source = record.source();
        if (source != null) {
            waited.remove(new Place(source.topic(), source.partition(), source.offset()));
        }
    }

    /** One more dead letter, from beyond the ends. */
    void deadLetter(Place source) {
        var record = waited.get(source);
        if (record != null && deadLetterSuffices(record)) {
            waited.remove(source);
        }
    }

    boolean none() {
        return waited.isEmpty();
    }

    /**
     * Tells what has no result after the wait, unless that was removed with the user, or is still to come.
     *
     * @param handled whether the topology has been there
     * @param settled whether it had been there before the ends were fixed
     * @param parked what it keeps, and tells itself
     */
    void tell(LongTable erased, Predicate<Place> handled, Predicate<Place> settled, Predicate<Place> parked) {
        for (var record : waited.values()) {
            if (parked.test(record.place())) {
                continue;
            }
            if (!decided(record, handled, settled)) {
                findings.lags();
            } else if (record.header() == null) {
                findings.violated(
                        Invariant.ANSWERS, record.place(), "this record is no command, and is not in the dead letters");
            } else if (!erased.contains(
                    Hash.of(record.aggregate().plural(), record.header().getAggregateId()))) {
                findings.violated(
                        Invariant.ANSWERS,
                        record.place(),
                        "command " + Fields.quote(record.header().getCommandId()) + " for "
                                + Fields.quote(record.header().getAggregateId()) + " has no result");
            }
        }
    }

    /** What is in the wrong partition is handled twice; the second time may be behind the ends. */
    private boolean decided(Records.Command record, Predicate<Place> handled, Predicate<Place> settled) {
        var place = record.place();
        var copy = moved.get(place);
        if (copy != null) {
            return handled.test(copy);
        }
        return sheets.get(place.topic()).isAtHome(record) ? handled.test(place) : settled.test(place);
    }
}
