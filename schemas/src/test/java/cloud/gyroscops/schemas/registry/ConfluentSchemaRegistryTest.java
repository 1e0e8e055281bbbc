package cloud.gyroscops.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfluentSchemaRegistryTest {
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final String INT_ANSWER = "{\"subject\":\"s\",\"version\":1,\"id\":7,\"schema\":\"\\\"int\\\"\"}";

    private final StubRegistry stub = new StubRegistry();
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aSchemaIsRegisteredOncePerSubject() {
        stub.answering("POST /subjects/s/versions", 200, "{\"id\":7}");
        SchemaRegistry registry = registry();
        registry.register("s", INT);

        assertThat(registry.register("s", INT)).isEqualTo(7);
        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).body()).isEqualTo("{\"schema\":\"\\\"int\\\"\"}");
    }

    @Test
    void whatWasRegisteredIsKnownById() {
        stub.answering("POST /subjects/s/versions", 200, "{\"id\":7}");
        SchemaRegistry registry = registry();
        registry.register("s", INT);

        assertThat(registry.byId(7)).isEqualTo(INT);
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void anIncompatibleSchemaIsRefusedInTheRegistrysWords() {
        stub.answering("POST /subjects/s/versions", 409, "{\"error_code\":409,\"message\":\"field x is missing\"}");

        assertThatThrownBy(() -> registry().register("s", INT))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContainingAll("s", "field x is missing");
    }

    @Test
    void anyOtherRefusalIsNoOutage() {
        stub.answering("POST /subjects/s/versions", 422, "{\"error_code\":42201,\"message\":\"invalid\"}");

        assertThatThrownBy(() -> registry().register("s", INT))
                .isExactlyInstanceOf(SchemaRegistryException.class)
                .hasMessageContainingAll("422", "invalid");
    }

    @Test
    void subjectsAreEncoded() {
        stub.answering("GET /subjects/a%2Fb%20c/versions", 200, "[1,2]");

        assertThat(registry().versions("a/b c")).containsExactly(1, 2);
    }

    @Test
    void aSubjectThatIsNotThereHasNoVersions() {
        stub.answering("GET /subjects/s/versions", 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");

        assertThat(registry().versions("s")).isEmpty();
    }

    @Test
    void theCompatibilityIsPutToTheSubject() {
        stub.answering("PUT /config/s", 200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");

        registry().setCompatibility("s", "FULL_TRANSITIVE");

        assertThat(stub.asked().get(0).body()).isEqualTo("{\"compatibility\":\"FULL_TRANSITIVE\"}");
    }

    @Test
    void anUnknownIdIsNotAskedForAgainAtOnce() {
        SchemaRegistry registry = registry();
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);

        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void aLateRegistrationIsSeen() {
        SchemaRegistry registry = registry();
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
        stub.answering("GET /schemas/ids/7", 200, INT_ANSWER);

        nanos.addAndGet(RecentlyUnknown.REMEMBERED.toNanos());

        assertThat(registry.byId(7)).isEqualTo(INT);
    }

    @Test
    void aSchemaThatIsNotAvroIsUnknown() {
        stub.answering("GET /schemas/ids/7", 200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");

        assertThatThrownBy(() -> registry().byId(7))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("JSON");
    }

    @Test
    void aSchemaThatCannotBeParsedIsUnknown() {
        stub.answering("GET /schemas/ids/7", 200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");

        assertThatThrownBy(() -> registry().byId(7))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("parsed");
    }

    @Test
    void manyThreadsAskForAnIdOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        stub.answering("GET /schemas/ids/7", 200, INT_ANSWER).after(() -> await(answer));
        SchemaRegistry registry = registry();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Schema>> schemas = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> registry.byId(7)))
                    .toList();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !stub.asked()
                    .isEmpty());
            answer.countDown();

            for (Future<Schema> schema : schemas) {
                assertThat(schema.get()).isEqualTo(INT);
            }
            assertThat(stub.asked()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void preloadedIdsAreNotAskedFor() {
        preloadable();
        ConfluentSchemaRegistry registry = registry();
        registry.preload(List.of("s"));
        stub.answeringAll(500, "{}");

        assertThat(registry.byId(7)).isEqualTo(INT);
        assertThat(registry.register("s", INT)).isEqualTo(7);
    }

    @Test
    void aRestartDuringAnOutageKnowsWhatWasKnown() {
        preloadable();
        registry(file()).preload(List.of("s"));
        stub.answeringAll(500, "{}");

        ConfluentSchemaRegistry restarted = registry(file());
        restarted.preload(List.of("s"));

        assertThat(restarted.byId(7)).isEqualTo(INT);
        assertThat(restarted.register("s", INT)).isEqualTo(7);
    }

    @Test
    void preloadingAnUnknownSubjectDuringAnOutageFails() {
        preloadable();
        registry(file()).preload(List.of("s"));
        stub.answeringAll(500, "{}");

        assertThatThrownBy(() -> registry(file()).preload(List.of("s", "another")))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aSubjectLoadedOnlyHalfIsNotKnown() {
        preloadable();
        stub.answering("GET /subjects/s/versions", 200, "[1,2]");
        stub.answering("GET /subjects/s/versions/2", 503, "");

        ConfluentSchemaRegistry registry = registry();
        assertThatThrownBy(() -> registry.preload(List.of("s"))).isInstanceOf(RegistryUnavailableException.class);

        assertThatThrownBy(() -> registry.preload(List.of("s"))).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aDamagedFileIsIgnored() throws Exception {
        preloadable();
        Files.writeString(file(), "{\"schemas\":{\"7\":\"{");

        ConfluentSchemaRegistry registry = registry(file());
        registry.preload(List.of("s"));

        assertThat(registry.byId(7)).isEqualTo(INT);
        assertThat(file()).content().contains("\"s\":[7]");
    }

    @Test
    void nothingTemporaryIsLeftBesideTheFile() {
        preloadable();

        registry(file()).preload(List.of("s"));

        assertThat(directory).isDirectoryContaining(path -> path.equals(file()));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    private void preloadable() {
        stub.answering("GET /subjects/s/versions", 200, "[1]");
        stub.answering("GET /subjects/s/versions/1", 200, INT_ANSWER);
    }

    private Path file() {
        return directory.resolve("schemas.json");
    }

    private ConfluentSchemaRegistry registry() {
        return registry(null);
    }

    private ConfluentSchemaRegistry registry(Path file) {
        return new ConfluentSchemaRegistry(RegistrySettings.of(stub.uri()), file, nanos::get);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
