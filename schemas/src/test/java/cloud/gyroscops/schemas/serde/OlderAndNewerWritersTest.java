package cloud.gyroscops.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Writers whose schema is a UserCommand by name, but not the reader's. */
class OlderAndNewerWritersTest {
    private static final String CURRENT = UserCommand.getClassSchema().toString();

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<UserCommand> serde = new AvroSerde<>(registry, UserCommand.class);

    @Test
    void anOlderWriterIsReadWithTheReadersDefaults() throws IOException {
        Schema older = changed(
                "{\"name\":\"actor\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"},"
                        + "\"doc\":\"Who asks, 1 to 255 characters.\",\"default\":\"anonymous\"},",
                "");

        assertThat(read(older, "AssignUserRoles").getHeader().getActor()).isEqualTo("anonymous");
    }

    @Test
    void aBranchThatTheReaderHasIsReadWhereverItStands() throws IOException {
        Schema other = withBranch("ArchiveUser");

        assertThat(read(other, "AssignUserRoles").getPayload()).isInstanceOf(AssignUserRoles.class);
    }

    /** Avro by itself would take it for EnableUser, the first empty record of the union. */
    @Test
    void aNewBranchIsNeverTakenForOneOfTheSameShape() {
        assertMalformed(withBranch("ArchiveUser"), "ArchiveUser", Malformation.UNKNOWN_BRANCH, "ArchiveUser");
    }

    @Test
    void anEnumSymbolThatTheReaderDoesNotKnowBecomesTheDefault() throws IOException {
        Schema newer = changed("\"symbols\":[\"CLIENT\",", "\"symbols\":[\"TELEPATHY\",\"CLIENT\",");

        assertThat(read(newer, "AssignUserRoles").getHeader().getOrigin())
                .isEqualTo(cloud.gyroscops.contract.Origin.UNKNOWN);
    }

    @Test
    void aWriterWithoutWhatTheReaderNeedsIsRefusedPrecisely() {
        assertMalformed(
                changed("\"name\":\"aggregateId\"", "\"name\":\"target\""),
                "AssignUserRoles",
                Malformation.WRONG_TYPE,
                "aggregateId");
    }

    @Test
    void anotherTypeOfAFieldIsRefusedPrecisely() {
        String id = "{\"name\":\"commandId\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}";

        assertMalformed(
                changed(id, "{\"name\":\"commandId\",\"type\":\"int\""),
                "AssignUserRoles",
                Malformation.WRONG_TYPE,
                "field header.commandId: Found int, expecting string");
    }

    /** A program in another language knows nothing of Java's string type, nor of our comments. */
    @Test
    void aForeignWriterIsRead() throws IOException {
        Schema foreign = new Schema.Parser()
                .parse(CURRENT.replace(",\"avro.java.string\":\"String\"", "").replaceAll("\"doc\":\"[^\"]*\",", ""));

        assertThat(read(foreign, "AssignUserRoles").getHeader().getCommandId()).isEqualTo("c-1");
    }

    private UserCommand read(Schema writer, String branch) throws IOException {
        return serde.deserializer().deserialize("t", written(writer, branch));
    }

    private void assertMalformed(Schema writer, String branch, Malformation malformation, String message) {
        assertThatThrownBy(() -> read(writer, branch))
                .isInstanceOfSatisfying(MalformedRecordException.class, e -> assertThat(e.malformation())
                        .isEqualTo(malformation))
                .hasMessageContaining(message);
    }

    private byte[] written(Schema writer, String branch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(WireFormat.header(registry.register("t-value", writer)));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(writer).write(command(writer, branch), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord command(Schema writer, String branch) {
        GenericRecord header = new GenericData.Record(writer.getField("header").schema());
        for (Schema.Field field : header.getSchema().getFields()) {
            Object value = field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : "c-1";
            header.put(field.pos(), field.schema().getType() == Schema.Type.INT ? (Object) 1 : value);
            if (field.name().equals("origin")) {
                header.put(
                        field.pos(),
                        new GenericData.EnumSymbol(
                                field.schema(), field.schema().getEnumSymbols().get(0)));
            }
        }
        Schema payload = writer.getField("payload").schema().getTypes().stream()
                .filter(type -> type.getName().equals(branch))
                .findFirst()
                .orElseThrow();
        GenericRecord body = new GenericData.Record(payload);
        payload.getFields().forEach(field -> body.put(field.pos(), java.util.List.of("admin")));
        GenericRecord command = new GenericData.Record(writer);
        command.put("header", header);
        command.put("payload", body);
        return command;
    }

    private static Schema withBranch(String name) {
        return changed(
                "\"name\":\"payload\",\"type\":[",
                "\"name\":\"payload\",\"type\":[{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]},");
    }

    private static Schema changed(String from, String to) {
        assertThat(CURRENT).contains(from);
        return new Schema.Parser().parse(CURRENT.replace(from, to));
    }
}
