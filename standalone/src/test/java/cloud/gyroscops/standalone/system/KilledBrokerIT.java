package cloud.gyroscops.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed embedded broker leaves, as a copy of its files at one moment shows it. */
final class KilledBrokerIT {

    @TempDir
    private Path directory;

    @Test
    void aKilledBrokerIsBackWithAllThatWasAcknowledgedAndTakesMore() throws Exception {
        var killed = directory.resolve("killed");
        try (var broker = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            write(broker.bootstrapServers());
            copy(directory.resolve("kafka"), killed);
        }

        try (var broker = EmbeddedKafka.start(killed, 0)) {
            append(broker.bootstrapServers());

            assertThat(end(broker.bootstrapServers())).isEqualTo(2);
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

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
