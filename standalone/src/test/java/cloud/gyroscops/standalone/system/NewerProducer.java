package cloud.gyroscops.standalone.system;

import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes commands in a schema that is newer than ours. */
final class NewerProducer {

    private NewerProducer() {}

    static byte[] encode(Schema newer, CommandMessage command) {
        try {
            var ours = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(ours, null);
            new SpecificDatumWriter<SpecificRecord>(PaymentCommand.getClassSchema())
                    .write(Aggregate.PAYMENTS.envelope(command), encoder);
            var generic = new GenericDatumReader<GenericRecord>(PaymentCommand.getClassSchema(), newer)
                    .read(null, DecoderFactory.get().binaryDecoder(new ByteArrayInputStream(ours.toByteArray()), null));
            var theirs = new ByteArrayOutputStream();
            new GenericDatumWriter<GenericRecord>(newer)
                    .write(generic, EncoderFactory.get().directBinaryEncoder(theirs, null));
            return theirs.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
