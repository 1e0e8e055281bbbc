package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoisonTest {

    private static final byte[] KEY = bytes("o-1");

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void noValue() {
        whenValue(null);

        thenPoison("EMPTY", "no value");
        thenNoResult();
    }

    @Test
    void anEmptyValue() {
        whenValue(new byte[0]);

        thenPoison("EMPTY", "no bytes");
        thenNoResult();
    }

    @Test
    void noMagicByte() {
        whenValue(bytes("{\"type\":\"CreateOrganization\"}"));

        thenPoison("NO_MAGIC_BYTE", "byte 0 is 0x7b");
        thenNoResult();
    }

    @Test
    void nothingButTheMagicByte() {
        whenValue(new byte[] {0});

        thenPoison("TRUNCATED", "within the schema id");
        thenNoResult();
    }

    @Test
    void aSchemaIdThatTheRegistryDoesNotKnow() {
        var value = good();
        value[1] = 0x7f;
        whenValue(value);

        thenPoison("UNKNOWN_SCHEMA_ID", "schema id 2130706");
        thenNoResult();
    }

    @Test
    void bytesThatEndWithinTheHeader() {
        whenValue(Arrays.copyOf(good(), 9));

        thenPoison("TRUNCATED", "byte 9");
        thenNoResult();
    }

    @Test
    void bytesThatEndWithinThePayload() {
        whenValue(Arrays.copyOf(good(), good().length - 2));

        thenPoison("TRUNCATED", "where the bytes end");
        thenRejected("c-9", "o-1");
    }

    @Test
    void bytesThatGoOnAfterTheEnd() {
        whenValue(Arrays.copyOf(good(), good().length + 3));

        thenPoison("TRAILING_BYTES", "3 more");
        thenRejected("c-9", "o-1");
    }

    @Test
    void aCommandOfAnotherType() {
        whenValue(topology.wire()
                .command(Aggregate.USERS, new CommandMessage(header("c-9", "o-1"), Payloads.createUser("o-2"))));

        thenPoison("WRONG_TYPE", "cloud.gyroscops.contract.user.UserCommand");
        thenRejected("c-9", "o-1");
    }

    @Test
    void anEvent() {
        var header = new EventHeader(
                "organizations/o-1@1",
                AggregateType.ORGANIZATION,
                "o-1",
                1L,
                "o-1",
                topology.now(),
                "eve",
                Origin.CLIENT,
                "c-1",
                "c-1",
                Map.of());
        whenValue(topology.wire()
                .event(Aggregate.ORGANIZATIONS, new EventMessage(header, new OrganizationCreated("Acme"))));

        thenPoison("WRONG_TYPE", "OrganizationEvent");
        thenNoResult();
    }

    @Test
    void aTextLongerThanAnyMemory() {
        whenValue(textOfLength(Long.MAX_VALUE / 2));

        thenPoison("CORRUPT", "OrganizationCommand");
        thenNoResult();
    }

    @Test
    void aTextLongerThanTheBytes() {
        whenValue(textOfLength(Integer.MAX_VALUE - 8L));

        thenNoResult();
        assertThat(topology.deadLetters()).hasSize(1);
    }

    @Test
    void aTextOfNegativeLength() {
        whenValue(textOfLength(-1));

        thenPoison("CORRUPT", "OrganizationCommand");
        thenNoResult();
    }

    @Test
    void aRecordLargerThanAnyCommand() {
        whenValue(Arrays.copyOf(good(), Intake.LARGEST));

        thenPoison("TOO_LARGE", "262144 are allowed");
        thenRejected("c-9", "o-1");
        assertThat(topology.deadLetters().get(0).bytes()).isEmpty();
        assertThat(topology.deadLetters().get(0).headers()).containsEntry("dead-letter-offset", "0");
    }

    @Test
    void headersLargerThanAnyCommand() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, KEY, good(), Map.of("large", "x".repeat(Intake.LARGEST)));

        thenPoison("TOO_LARGE", "262144 are allowed");
        assertThat(topology.deadLetters().get(0).headers()).doesNotContainKey("large");
    }

    @Test
    void aCommandIdLargerThanAnyCommand() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, KEY, command(header("c".repeat(Intake.LARGEST), "o-1")));

        thenPoison("TOO_LARGE", "262144 are allowed");
        thenNoResult();
    }

    @Test
    void aKeyThatIsAnotherIdThanTheEnvelopes() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, bytes("o-2"), good());

        thenPoison("KEY_MISMATCH", "\"o-2\"");
        thenRejected("c-9", "o-1");
    }

    @Test
    void anAggregateIdThatIsNoId() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, bytes("o@1"), command(header("c-9", "o@1")));

        thenPoison("INVALID_ID", "aggregateId");
        thenRejected("c-9", "o@1");
    }

    @Test
    void aCommandIdThatIsNoId() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, KEY, command(header("c 9", "o-1")));

        thenPoison("INVALID_ID", "commandId");
        thenRejected("c 9", "o-1");
    }

    @Test
    void headersOfADeadLetterSayWhere() {
        whenValue(null);
        topology.whenRaw(Aggregate.ORGANIZATIONS, KEY, bytes("rubbish"), Map.of("trace", "t-1"));

        assertThat(topology.deadLetters().get(0).headers())
                .containsEntry("dead-letter-topic", "organizations.commands")
                .containsEntry("dead-letter-partition", "0")
                .containsEntry("dead-letter-offset", "1")
                .containsEntry("dead-letter-key", "o-1")
                .containsEntry("trace", "t-1");
    }

    @Test
    void theResultOfADeadLetterNamesItsRecord() {
        whenValue(Arrays.copyOf(good(), good().length - 2));

        assertThat(topology.result().headers())
                .containsEntry("command-topic", "organizations.commands")
                .containsEntry("command-offset", "0");
    }

    @Test
    void theValueOfADeadLetterIsUntouchedAndItsKeyIsItsPlace() {
        var value = bytes("rubbish");
        topology.whenRaw(Aggregate.PAYMENTS, null, value);

        assertThat(new String(topology.deadLetters().get(0).key(), StandardCharsets.UTF_8))
                .isEqualTo("payments.commands-0@0");
        assertThat(topology.deadLetters().get(0).headers()).doesNotContainKey("dead-letter-key");
        assertThat(topology.deadLetters().get(0).bytes()).isEqualTo(value);
    }

    @Test
    void theNextGoodCommandIsHandled() {
        whenValue(bytes("rubbish"));

        topology.when("o-1", new CreateOrganization("Acme"))
                .thenNoDeadLetter()
                .then(new OrganizationCreated("Acme"))
                .thenAccepted();
    }

    private void whenValue(byte[] value) {
        topology.whenRaw(Aggregate.ORGANIZATIONS, KEY, value);
    }

    private void thenPoison(String reason, String message) {
        topology.thenDeadLetter(reason).thenNoEvent();
        assertThat(topology.deadLetters().get(0).headers().get("dead-letter-message"))
                .contains(message);
    }

    private void thenNoResult() {
        assertThat(topology.results()).isEmpty();
    }

    private void thenRejected(String commandId, String aggregateId) {
        topology.thenRefused(RefusalReason.MALFORMED);
        assertThat(topology.result().keyText()).isEqualTo(commandId);
        assertThat(topology.result().message().getStatus()).isEqualTo(ResultStatus.REJECTED);
        assertThat(topology.result().message().getCommandId()).isEqualTo(commandId);
        assertThat(topology.result().message().getAggregateId()).isEqualTo(aggregateId);
    }

    private byte[] good() {
        return command(header("c-9", "o-1"));
    }

    private byte[] command(CommandHeader header) {
        return topology.wire()
                .command(Aggregate.ORGANIZATIONS, new CommandMessage(header, new CreateOrganization("Acme")));
    }

    /** A command's schema id, then the length of its first text, in Avro's zigzag encoding, and a few bytes of it. */
    private byte[] textOfLength(long length) {
        var bytes = Arrays.copyOf(good(), 5 + 10 + 8);
        long zigzag = length << 1 ^ length >> 63;
        int at = 5;
        while ((zigzag & ~0x7fL) != 0) {
            bytes[at++] = (byte) (zigzag & 0x7f | 0x80);
            zigzag >>>= 7;
        }
        bytes[at] = (byte) zigzag;
        return bytes;
    }

    private static CommandHeader header(String commandId, String aggregateId) {
        return new CommandHeader(commandId, aggregateId, null, "anonymous", Origin.CLIENT, null, Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
