package cloud.gyroscops.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final String TOPIC = "users.commands";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<UserCommand> serde = new AvroSerde<>(registry, UserCommand.class);

    @Test
    void aRecordComesBackAsItWas() {
        assertThat(read(written())).isEqualTo(Examples.command());
    }

    @Test
    void theWireFormatIsConfluents() {
        IntStream.range(0, 300).forEach(i -> registry.register("other", Schema.createFixed("F" + i, null, "x", 1)));

        byte[] bytes = written();

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(301);
    }

    @Test
    void theRegistryIsAskedOncePerTopic() {
        for (int i = 0; i < 3; i++) {
            serde.serializer().serialize("a", Examples.command());
            serde.serializer().serialize("b", Examples.command());
        }

        assertThat(registry.requests()).isEqualTo(2);
    }

    @Test
    void nullIsATombstoneBothWays() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(read(null)).isNull();
        assertThat(registry.requests()).isZero();
    }

    @Test
    void threadsMayShareASerde() {
        List<UserCommand> commands = IntStream.range(0, 2_000)
                .mapToObj(i -> Examples.command())
                .peek(command -> command.getHeader().setCommandId("c-" + command.hashCode()))
                .toList();

        assertThat(commands.parallelStream()
                        .map(command -> read(serde.serializer().serialize(TOPIC, command)))
                        .toList())
                .isEqualTo(commands);
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesNothingBehind() {
        UserCommand broken = Examples.command();
        broken.setPayload("no payload at all");
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("UserCommand");

        assertThat(read(written())).isEqualTo(Examples.command());
    }

    @Test
    void noBytesAreNotTheSameAsNoValue() {
        assertMalformed(new byte[0], Malformation.EMPTY, "no bytes");
    }

    @Test
    void plainTextIsRecognized() {
        assertMalformed("{}".getBytes(), Malformation.NO_MAGIC_BYTE, "byte 0 is 0x7b");
    }

    @Test
    void anUnknownIdIsNamed() {
        assertMalformed(new byte[] {0, 0, 0, 1, 2, 3}, Malformation.UNKNOWN_SCHEMA_ID, "the schema id 258");
    }

    @Test
    void everyTruncationIsRecognized() {
        byte[] bytes = written();

        for (int length = 1; length < bytes.length; length++) {
            assertMalformed(java.util.Arrays.copyOf(bytes, length), Malformation.TRUNCATED, Integer.toString(length));
        }
    }

    @Test
    void trailingBytesAreCounted() {
        byte[] bytes = written();

        assertMalformed(
                java.util.Arrays.copyOf(bytes, bytes.length + 3),
                Malformation.TRAILING_BYTES,
                "ends at byte " + bytes.length + ", but 3 more follow");
    }

    @Test
    void anotherRecordIsRefusedByName() {
        byte[] header = new AvroSerde<>(registry, CommandHeader.class)
                .serializer()
                .serialize("other", Examples.command().getHeader());

        assertMalformed(
                header,
                Malformation.WRONG_TYPE,
                "cloud.gyroscops.contract.CommandHeader where a cloud.gyroscops.contract.user.UserCommand is wanted");
    }

    @Test
    void anOutageIsNotPoison() {
        byte[] bytes = written();
        registry.goDown();

        assertThatThrownBy(() -> read(bytes)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> new AvroSerde<>(registry, UserCommand.class)
                        .serializer()
                        .serialize(TOPIC, Examples.command()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void afterAnOutageTheSameBytesAreRead() {
        byte[] bytes = written();
        registry.goDown();
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(RegistryUnavailableException.class);

        registry.comeBack();

        assertThat(read(bytes)).isEqualTo(Examples.command());
    }

    @Test
    void anUnionIndexOutOfRangeIsGarbageAndNotANewBranch() {
        byte[] bytes = serde.serializer().serialize(TOPIC, Examples.command(new DeleteUser()));
        bytes[bytes.length - 1] = 0x7e;

        assertMalformed(bytes, Malformation.CORRUPT, "out of range");
    }

    @Test
    void randomDamageNeverThrowsAnythingElse() {
        Random random = new Random(42);
        byte[] good = written();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            try {
                read(bytes);
            } catch (MalformedRecordException e) {
                assertThat(e.malformation())
                        .isIn(Malformation.CORRUPT, Malformation.TRUNCATED, Malformation.TRAILING_BYTES);
            }
        }
    }

    private byte[] written() {
        return serde.serializer().serialize(TOPIC, Examples.command());
    }

    private UserCommand read(byte[] bytes) {
        return serde.deserializer().deserialize(TOPIC, bytes);
    }

    private void assertMalformed(byte[] bytes, Malformation malformation, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(MalformedRecordException.class, e -> assertThat(e.malformation())
                        .isEqualTo(malformation))
                .hasMessageContaining(message);
    }
}
