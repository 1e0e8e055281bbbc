package cloud.gyroscops.standalone.transfer;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.ContractClasses;
import cloud.gyroscops.schemas.EventMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An event's record as it is written to a file.
 *
 * @param key of the record, {@code aggregateId@version}
 * @param offset where it was
 * @param timestamp of the record, in milliseconds
 * @param headers of the record
 * @param event what it says
 */
record ExportedEvent(String key, long offset, long timestamp, Headers headers, EventMessage event) {

    private static final String NAMESPACE = "cloud.gyroscops.transfer";
    private static final Schema HEADER = SchemaBuilder.record("RecordHeader")
            .namespace(NAMESPACE)
            .fields()
            .requiredString("name")
            .optionalBytes("value")
            .endRecord();

    /** Of the records in a file of an aggregate type's events: the envelope of its topic is the field {@code event}. */
    static Schema schema(Aggregate aggregate) {
        return SchemaBuilder.record("ExportedEvent")
                .namespace(NAMESPACE)
                .fields()
                .requiredString("key")
                .requiredLong("offset")
                .requiredLong("timestamp")
                .name("headers")
                .type()
                .array()
                .items(HEADER)
                .noDefault()
                .name("event")
                .type(aggregate.eventSchema())
                .noDefault()
                .endRecord();
    }

    /** How the records are written and read. */
    static SpecificData model() {
        ContractClasses.trust();
        var model = new SpecificData(ExportedEvent.class.getClassLoader());
        model.addLogicalTypeConversion(new TimestampMillisConversion());
        return model;
    }

    GenericRecord toRecord(Aggregate aggregate, Schema schema) {
        var record = new GenericData.Record(schema);
        record.put("key", key);
        record.put("offset", offset);
        record.put("timestamp", timestamp);
        var all = new ArrayList<GenericRecord>();
        for (Header header : headers) {
            var one = new GenericData.Record(HEADER);
            one.put("name", header.key());
            one.put("value", header.value() == null ? null : ByteBuffer.wrap(header.value()));
            all.add(one);
        }
        record.put("headers", all);
        record.put("event", aggregate.envelope(event));
        return record;
    }

    static ExportedEvent of(Aggregate aggregate, GenericRecord record) {
        var headers = new RecordHeaders();
        for (var one : (List<?>) record.get("headers")) {
            var header = (GenericRecord) one;
            headers.add(new RecordHeader(header.get("name").toString(), bytes((ByteBuffer) header.get("value"))));
        }
        return new ExportedEvent(
                record.get("key").toString(),
                (long) record.get("offset"),
                (long) record.get("timestamp"),
                headers,
                aggregate.event((SpecificRecord) record.get("event")));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
