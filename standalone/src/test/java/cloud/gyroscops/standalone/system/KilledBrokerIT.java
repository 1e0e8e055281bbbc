package cloud.gyroscops.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kill -9 leaves of an embedded broker. */
final class KilledBrokerIT {

    @TempDir
    private Path directory;

    /** A broker to be killed: its directory and its port are in the environment. */
    static final class BrokerProcess {

        public static void main(String[] args) throws InterruptedException {
            var environment = System.getenv();
            EmbeddedKafka.start(Path.of(environment.get("DIRECTORY")), Integer.parseInt(environment.get("PORT")));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aKilledBrokerIsBackWithAllThatWasAcknowledgedAndTakesMore() throws Exception {
        var data = directory.resolve("kafka");
        var port = Integer.toString(freePort());
        try (var process = ChildProcess.start(
                BrokerProcess.class,
                Map.of("DIRECTORY", data.toString(), "PORT", port),
                directory.resolve("broker.log"))) {
            write("127.0.0.1:" + port);
            process.kill();
        }

        try (var broker = EmbeddedKafka.start(data, 0)) {
            append(broker.bootstrapServers());

            assertThat(end(broker.bootstrapServers())).isEqualTo(2);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void write(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
        append(bootstrapServers);
    }

    private static void append(String bootstrapServers) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", "a record")).get();
        }
    }

    private static long end(String bootstrapServers) throws Exception {
        var partition = new TopicPartition("t", 0);
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }
}
