package cloud.gyroscops.schemas;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.contract.payment.PaymentEvent;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The types of aggregates, each with its envelopes on the wire. */
public enum Aggregate {
    ORGANIZATIONS(AggregateType.ORGANIZATION, OrganizationCommand::new, OrganizationEvent::new),
    USERS(AggregateType.USER, UserCommand::new, UserEvent::new),
    PAYMENTS(AggregateType.PAYMENT, PaymentCommand::new, PaymentEvent::new);

    /** Every envelope has the header first and the payload second. */
    private static final int HEADER = 0;

    private static final int PAYLOAD = 1;

    private static final Map<String, Aggregate> BY_COMMAND = Stream.of(values())
            .flatMap(aggregate -> aggregate.commands.keySet().stream().map(name -> Map.entry(name, aggregate)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String plural = name().toLowerCase(Locale.ROOT);
    private final AggregateType type;
    private final Supplier<? extends SpecificRecord> newCommand;
    private final Supplier<? extends SpecificRecord> newEvent;
    private final Map<String, Schema> commands;

    Aggregate(
            AggregateType type,
            Supplier<? extends SpecificRecord> newCommand,
            Supplier<? extends SpecificRecord> newEvent) {
        this.type = type;
        this.newCommand = newCommand;
        this.newEvent = newEvent;
        this.commands = commandSchema().getField("payload").schema().getTypes().stream()
                .collect(Collectors.toUnmodifiableMap(Schema::getName, Function.identity()));
    }

    /** The name in topics, paths and tokens: {@code organizations}, {@code users} or {@code payments}. */
    public String plural() {
        return plural;
    }

    /** The name in envelopes. */
    public AggregateType type() {
        return type;
    }

    /** The class of the command envelope. */
    public Class<SpecificRecord> commandEnvelope() {
        return type(newCommand.get());
    }

    /** The class of the event envelope. */
    public Class<SpecificRecord> eventEnvelope() {
        return type(newEvent.get());
    }

    /** The schema of the command envelope. */
    public Schema commandSchema() {
        return newCommand.get().getSchema();
    }

    /** The schema of the event envelope. */
    public Schema eventSchema() {
        return newEvent.get().getSchema();
    }

    /** The payloads of its commands, by simple name, for example {@code CreateUser}. */
    public Map<String, Schema> commands() {
        return commands;
    }

    /** The aggregate with a name as in topics and paths. */
    public static Optional<Aggregate> named(String plural) {
        return Stream.of(values())
                .filter(aggregate -> aggregate.plural().equals(plural))
                .findFirst();
    }

    /** The aggregate with a name as in envelopes. */
    public static Aggregate of(AggregateType type) {
        return Stream.of(values())
                .filter(aggregate -> aggregate.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no aggregates of type " + type));
    }

    /** The aggregate that takes a command, by the payload's simple name. */
    public static Optional<Aggregate> thatTakes(String command) {
        return Optional.ofNullable(BY_COMMAND.get(command));
    }

    /** The command as its envelope on the wire. */
    public SpecificRecord envelope(CommandMessage command) {
        return filled(newCommand.get(), command.header(), command.payload());
    }

    /** The event as its envelope on the wire. */
    public SpecificRecord envelope(EventMessage event) {
        return filled(newEvent.get(), event.header(), event.payload());
    }

    /** The command in an envelope. */
    public CommandMessage command(SpecificRecord envelope) {
        return new CommandMessage((CommandHeader) envelope.get(HEADER), (SpecificRecord) envelope.get(PAYLOAD));
    }

    /** The event in an envelope. */
    public EventMessage event(SpecificRecord envelope) {
        return new EventMessage((EventHeader) envelope.get(HEADER), (SpecificRecord) envelope.get(PAYLOAD));
    }

    /** Envelopes are told apart by their schemas; to the code that carries them they are records. */
    @SuppressWarnings("unchecked")
    private static Class<SpecificRecord> type(SpecificRecord envelope) {
        return (Class<SpecificRecord>) envelope.getClass();
    }

    private static SpecificRecord filled(SpecificRecord envelope, SpecificRecord header, SpecificRecord payload) {
        envelope.put(HEADER, header);
        envelope.put(PAYLOAD, payload);
        return envelope;
    }
}
