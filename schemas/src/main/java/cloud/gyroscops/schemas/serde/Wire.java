package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.view.ViewVersions;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.SchemaRegistry;
import cloud.gyroscops.schemas.registry.UnknownSchemaException;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Commands, events and results as they travel: each in its topic's envelope, in Confluent's wire format. For many
 * threads.
 *
 * <p>Reading throws {@link MalformedRecordException} for bytes that will never be such a message, and {@link
 * cloud.gyroscops.schemas.registry.RegistryUnavailableException} where only the registry could tell.
 */
public final class Wire {

    private final TopicCatalogue topics;
    private final SchemaRegistry registry;
    private final Map<Aggregate, AvroSerde<SpecificRecord>> commands = new EnumMap<>(Aggregate.class);
    private final Map<Aggregate, AvroSerde<SpecificRecord>> events = new EnumMap<>(Aggregate.class);
    private final AvroSerde<CommandResult> results;
    private final AvroSerde<ClaimMessage> claims;
    private final AvroSerde<ReferenceQuestion> questions;
    private final AvroSerde<Answer> answers;
    private final AvroSerde<ViewVersions> versions;
    private final AvroSerde<MirrorOutcome> outcomes;
    private final AvroSerde<MirrorControl> controls;
    private final AvroSerde<MirrorStatus> statuses;

    /** Asks the registry nothing yet. */
    public Wire(TopicCatalogue topics, SchemaRegistry registry) {
        this.topics = topics;
        this.registry = registry;
        for (var aggregate : Aggregate.values()) {
            commands.put(aggregate, new AvroSerde<>(registry, aggregate.commandEnvelope()));
            events.put(aggregate, new AvroSerde<>(registry, aggregate.eventEnvelope()));
        }
        results = new AvroSerde<>(registry, CommandResult.class);
        claims = new AvroSerde<>(registry, ClaimMessage.class);
        questions = new AvroSerde<>(registry, ReferenceQuestion.class);
        answers = new AvroSerde<>(registry, Answer.class);
        versions = new AvroSerde<>(registry, ViewVersions.class);
        outcomes = new AvroSerde<>(registry, MirrorOutcome.class);
        controls = new AvroSerde<>(registry, MirrorControl.class);
        statuses = new AvroSerde<>(registry, MirrorStatus.class);
    }

    /** The subjects of all schemas that travel. */
    public List<String> subjects() {
        return schemas().keySet().stream().toList();
    }

    /** Registers all schemas, so that the first record of a kind waits for nobody. */
    public void register() {
        schemas().forEach(registry::register);
    }

    private Map<String, Schema> schemas() {
        var schemas = new LinkedHashMap<String, Schema>();
        for (var aggregate : Aggregate.values()) {
            schemas.put(subject(topics.commands(aggregate)), aggregate.commandSchema());
            schemas.put(subject(topics.events(aggregate)), aggregate.eventSchema());
            schemas.put(subject(topics.answers(aggregate)), Answer.getClassSchema());
        }
        schemas.put(subject(topics.questions(Aggregate.ORGANIZATIONS)), ReferenceQuestion.getClassSchema());
        schemas.put(subject(topics.questions(Aggregate.USERS)), ReferenceQuestion.getClassSchema());
        schemas.put(subject(topics.claims()), ClaimMessage.getClassSchema());
        schemas.put(subject(topics.results()), CommandResult.getClassSchema());
        schemas.put(subject(topics.viewVersions()), ViewVersions.getClassSchema());
        schemas.put(subject(topics.mirrorOutcomes()), MirrorOutcome.getClassSchema());
        schemas.put(subject(topics.mirrorControl()), MirrorControl.getClassSchema());
        schemas.put(subject(topics.mirrorStatus()), MirrorStatus.getClassSchema());
        return schemas;
    }

    private static String subject(String topic) {
        return topic + "-value";
    }

    public byte[] command(Aggregate aggregate, CommandMessage command) {
        return commands.get(aggregate).serializer().serialize(topics.commands(aggregate), aggregate.envelope(command));
    }

    public CommandMessage command(Aggregate aggregate, byte[] bytes) {
        return aggregate.command(read(commands.get(aggregate), topics.commands(aggregate), bytes));
    }

    public byte[] event(Aggregate aggregate, EventMessage event) {
        return events.get(aggregate).serializer().serialize(topics.events(aggregate), aggregate.envelope(event));
    }

    public EventMessage event(Aggregate aggregate, byte[] bytes) {
        return aggregate.event(read(events.get(aggregate), topics.events(aggregate), bytes));
    }

    public byte[] result(CommandResult result) {
        return results.serializer().serialize(topics.results(), result);
    }

    public CommandResult result(byte[] bytes) {
        return read(results, topics.results(), bytes);
    }

    public byte[] claim(ClaimMessage message) {
        return claims.serializer().serialize(topics.claims(), message);
    }

    public ClaimMessage claim(byte[] bytes) {
        return read(claims, topics.claims(), bytes);
    }

    public byte[] question(Aggregate asked, ReferenceQuestion question) {
        return questions.serializer().serialize(topics.questions(asked), question);
    }

    public ReferenceQuestion question(Aggregate asked, byte[] bytes) {
        return read(questions, topics.questions(asked), bytes);
    }

    public byte[] answer(Aggregate asker, Answer answer) {
        return answers.serializer().serialize(topics.answers(asker), answer);
    }

    public Answer answer(Aggregate asker, byte[] bytes) {
        return read(answers, topics.answers(asker), bytes);
    }

    public byte[] viewVersions(ViewVersions current) {
        return versions.serializer().serialize(topics.viewVersions(), current);
    }

    public ViewVersions viewVersions(byte[] bytes) {
        return read(versions, topics.viewVersions(), bytes);
    }

    public byte[] outcome(MirrorOutcome outcome) {
        return outcomes.serializer().serialize(topics.mirrorOutcomes(), outcome);
    }

    public MirrorOutcome outcome(byte[] bytes) {
        return read(outcomes, topics.mirrorOutcomes(), bytes);
    }

    public byte[] control(MirrorControl control) {
        return controls.serializer().serialize(topics.mirrorControl(), control);
    }

    public MirrorControl control(byte[] bytes) {
        return read(controls, topics.mirrorControl(), bytes);
    }

    public byte[] status(MirrorStatus status) {
        return statuses.serializer().serialize(topics.mirrorStatus(), status);
    }

    public MirrorStatus status(byte[] bytes) {
        return read(statuses, topics.mirrorStatus(), bytes);
    }

    /** The head of what should have been a command, if at least that can be read. */
    public Optional<CommandHeader> commandHeader(byte[] bytes) {
        try {
            if (bytes == null) {
                return Optional.empty();
            }
            var envelope = registry.byId(WireFormat.id(bytes));
            var header = envelope.getField("header");
            if (header == null
                    || header.pos() != 0
                    || !header.schema()
                            .getFullName()
                            .equals(CommandHeader.getClassSchema().getFullName())) {
                return Optional.empty();
            }
            var decoder = DecoderFactory.get()
                    .binaryDecoder(bytes, WireFormat.HEADER_LENGTH, bytes.length - WireFormat.HEADER_LENGTH, null);
            var reader = new SpecificDatumReader<CommandHeader>(
                    header.schema(), CommandHeader.getClassSchema(), RecordModel.of(CommandHeader.class));
            return Optional.of(reader.read(null, decoder));
        } catch (MalformedRecordException
                | UnknownSchemaException
                | IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                // Avro's word for a string longer than what it allows.
                | UnsupportedOperationException unreadable) {
            return Optional.empty();
        } catch (StackOverflowError nestedTooDeeply) {
            return Optional.empty();
        }
    }

    private static <T extends SpecificRecord> T read(AvroSerde<T> serde, String topic, byte[] bytes) {
        if (bytes == null) {
            throw new MalformedRecordException(Malformation.EMPTY, "the record has no value");
        }
        return serde.deserializer().deserialize(topic, bytes);
    }
}
