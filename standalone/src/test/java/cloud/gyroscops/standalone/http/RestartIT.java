package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {

    @TempDir
    private Path directory;

    @Test
    void afterARestartOfEverythingResultsAndStatesAreThereAndARepeatedCommandGetsItsFirstResult() {
        HttpUser.Answer before;
        try (var system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3))) {
            var user = new HttpUser(system::http);
            user.awaitReady();
            before = user.command(createOrganization("kept", "c-kept", "Kept"));
        }

        try (var system = GyroscopsSystem.start(SystemSettings.anywhere(directory, 3))) {
            var user = new HttpUser(system::http);

            assertThat(user.get("/commands/c-kept").json()).isEqualTo(before.json());
            user.awaitReady();
            assertThat(user.command(createOrganization("kept", "c-kept", "Kept"))
                            .json())
                    .isEqualTo(before.json());
            assertThat(user.get("/organizations/kept?token=organizations/kept@1")
                            .json()
                            .path("version")
                            .longValue())
                    .isEqualTo(1);
        }
    }
}
