package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.Source;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the topics as what they mean. */
final class Records {

    private final Wire wire;

    Records(Wire wire) {
        this.wire = wire;
    }

    /**
     * An event's record.
     *
     * @param time when it was decided, by the clock of who decided, in milliseconds
     * @param event null: a tombstone
     */
    record Event(Aggregate aggregate, Place place, String key, long time, EventMessage event) {}

    /**
     * A command's record.
     *
     * @param time when it was appended, in milliseconds
     * @param original where it was first, if this is a copy that was sent to the right partition; else null
     * @param header null: cannot be read
     * @param command null: is none
     */
    record Command(
            Aggregate aggregate,
            Place place,
            long time,
            int bytes,
            Source original,
            CommandHeader header,
            CommandMessage command) {

        String name() {
            return command.payload().getSchema().getName() + " at " + place;
        }
    }

    /**
     * A result's record.
     *
     * @param source of the command record that it answers; null: does not say
     * @param result null: a tombstone
     */
    record Result(Place place, String key, long time, Source source, CommandResult result) {}

    Event event(Aggregate aggregate, ConsumerRecord<byte[], byte[]> record) {
        var event = record.value() == null ? null : wire.event(aggregate, record.value());
        return new Event(aggregate, Place.of(record), text(record.key()), record.timestamp(), event);
    }

    Result result(ConsumerRecord<byte[], byte[]> record) {
        var result = record.value() == null ? null : wire.result(record.value());
        return new Result(
                Place.of(record), text(record.key()), record.timestamp(), Source.read(record.headers()), result);
    }

    Command command(Aggregate aggregate, ConsumerRecord<byte[], byte[]> record) {
        var place = Place.of(record);
        var source = Source.read(record.headers());
        // As the intake believes it: of this topic, and another partition.
        boolean moved =
                source != null && source.topic().equals(place.topic()) && source.partition() != place.partition();
        var original = moved ? source : null;
        int bytes = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        try {
            var command = wire.command(aggregate, record.value());
            return new Command(aggregate, place, record.timestamp(), bytes, original, command.header(), command);
        } catch (MalformedRecordException noCommand) {
            var header = wire.commandHeader(record.value()).orElse(null);
            return new Command(aggregate, place, record.timestamp(), bytes, original, header, null);
        }
    }

    static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
