package cloud.gyroscops.standalone.check;

import org.apache.avro.specific.SpecificRecord;

/**
 * One event of an aggregate, the next one after those before.
 *
 * @param record the event's record
 * @param settled whether it was committed before any topic's end was fixed, so that what belongs to it can be read, too
 * @param stream the aggregate before the event; whoever folds changes it afterwards
 * @param before the state before; null: not known, since events are missing
 * @param after the state after it; null: not known
 */
record Step(Records.Event record, boolean settled, Stream stream, SpecificRecord before, SpecificRecord after) {

    SpecificRecord payload() {
        return record.event().payload();
    }
}
