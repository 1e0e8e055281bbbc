package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.server.KeycloakDistribution;
import cloud.gyroscops.connectors.keycloak.server.KeycloakServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/** A Keycloak for tests, in a process of its own. What it is started from is unpacked once, for all modules. */
public final class RealKeycloak implements AutoCloseable {

    private static final String USER = "admin";
    private static final String PASSWORD = "for-tests-only";

    /** Tests run in the directory of their module. */
    private static final Path FILES = Path.of("..", "connectors", "target", "keycloak");

    private final KeycloakServer server;

    private RealKeycloak(KeycloakServer server) {
        this.server = server;
    }

    /** Started, with an empty database in a directory. */
    public static RealKeycloak in(Path data) throws IOException, InterruptedException {
        Consumer<String> silent = message -> {};
        var server = new KeycloakServer(
                KeycloakDistribution.in(FILES, silent), new KeycloakServer.Settings(data, 0, USER, PASSWORD));
        var keycloak = new RealKeycloak(server);
        try {
            keycloak.start();
        } catch (IOException e) {
            keycloak.close();
            throw e;
        }
        return keycloak;
    }

    /** With its administrator, and defaults. */
    public KeycloakSettings settings() {
        return KeycloakSettings.of(server.url(), USER, PASSWORD);
    }

    /** Somebody else who administers it. */
    public Keycloak administrator() {
        return KeycloakBuilder.builder()
                .serverUrl(server.url().toString())
                .realm("master")
                .clientId("admin-cli")
                .username(USER)
                .password(PASSWORD)
                .build();
    }

    /** Again, after a kill, with the same address and data. */
    public void start() throws IOException, InterruptedException {
        server.start();
    }

    /** As kill -9 does. */
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }
}
