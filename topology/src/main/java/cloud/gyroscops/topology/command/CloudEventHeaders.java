package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The attributes of an event as headers, so that a router needs no schema.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 *     Kafka protocol binding, binary content mode</a>
 */
public final class CloudEventHeaders {

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT_TYPE = header("content-type", "application/avro");
    private static final Map<Schema, Header> TYPES = new ConcurrentHashMap<>();
    private static final Map<Aggregate, Header> SOURCES = Stream.of(Aggregate.values())
            .collect(Collectors.toMap(
                    aggregate -> aggregate, aggregate -> header("ce_source", "/gyroscops/" + aggregate.plural())));

    private CloudEventHeaders() {}

    /** The headers of an event. */
    public static Headers of(Aggregate aggregate, EventMessage event) {
        var header = event.header();
        return new RecordHeaders()
                .add(SPEC_VERSION)
                .add(CONTENT_TYPE)
                .add(TYPES.computeIfAbsent(
                        event.payload().getSchema(), payload -> header("ce_type", payload.getFullName())))
                .add(SOURCES.get(aggregate))
                .add(header("ce_id", header.getEventId()))
                .add(header("ce_subject", header.getAggregateId()))
                .add(header("ce_time", header.getOccurredAt().toString()));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
